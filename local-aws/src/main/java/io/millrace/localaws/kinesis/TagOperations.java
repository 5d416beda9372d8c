package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tags, by the stream's own operations and by those for any resource. */
final class TagOperations {

    private final Streams streams;

    TagOperations(Streams streams) {
        this.streams = streams;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "AddTagsToStream", (call, out) -> add(streamOf(call), required(call)),
                "RemoveTagsFromStream", (call, out) -> remove(streamOf(call), call.request()),
                "ListTagsForStream", this::listTagsForStream,
                "TagResource", (call, out) -> add(resourceOf(call), required(call)),
                "UntagResource", (call, out) -> remove(resourceOf(call), call.request()),
                "ListTagsForResource", this::listTagsForResource);
    }

    /** The member Tags, checked; empty where it is absent. */
    static Map<String, String> tagsOf(Request request) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (request.has("Tags")) {
            JsonNode given = request.node("Tags");
            given.properties().forEach(tag -> {
                String value = tag.getValue().asText();
                Constraint.length("Tags", tag.getKey(), 1, Limits.TAG_KEY_CHARS);
                Constraint.length("Tags", value, 0, Limits.TAG_VALUE_CHARS);
                tags.put(tag.getKey(), value);
            });
            if (tags.size() > Limits.TAGS) {
                throw tooMany(tags.size());
            }
        }
        return tags;
    }

    private static Map<String, String> required(Operation.Call call) throws IOException {
        Map<String, String> tags = tagsOf(call.request());
        if (tags.isEmpty()) {
            throw Constraint.missing("Tags");
        }
        return tags;
    }

    private static void add(KinesisStream stream, Map<String, String> tags) {
        synchronized (stream) {
            Map<String, String> all = new TreeMap<>(stream.tags());
            all.putAll(tags);
            if (all.size() > Limits.TAGS) {
                throw tooMany(all.size());
            }
            stream.tags().putAll(tags);
        }
    }

    private static void remove(KinesisStream stream, Request request) {
        JsonNode keys = request.node("TagKeys");
        if (!keys.isArray() || keys.isEmpty()) {
            throw Constraint.missing("TagKeys");
        }
        synchronized (stream) {
            keys.forEach(key -> stream.tags().remove(key.asText()));
        }
    }

    private void listTagsForStream(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        int limit = request.integer("Limit", 1, Limits.TAGS).orElse(Limits.TAGS);
        String after = request.text("ExclusiveStartTagKey").orElse("");
        KinesisStream stream = streams.require(request, call.nowMillis());
        List<Map.Entry<String, String>> rest = tagsOf(stream).stream()
                .filter(tag -> tag.getKey().compareTo(after) > 0)
                .toList();
        out.writeStartObject();
        write(out, rest.subList(0, Math.min(limit, rest.size())));
        out.writeBooleanField("HasMoreTags", rest.size() > limit);
        out.writeEndObject();
    }

    private void listTagsForResource(Operation.Call call, JsonGenerator out) throws IOException {
        KinesisStream stream = resourceOf(call);
        out.writeStartObject();
        write(out, tagsOf(stream));
        out.writeEndObject();
    }

    private static List<Map.Entry<String, String>> tagsOf(KinesisStream stream) {
        synchronized (stream) {
            return new ArrayList<>(new TreeMap<>(stream.tags()).entrySet());
        }
    }

    private static void write(JsonGenerator out, List<Map.Entry<String, String>> tags) throws IOException {
        out.writeArrayFieldStart("Tags");
        for (Map.Entry<String, String> tag : tags) {
            out.writeStartObject();
            out.writeStringField("Key", tag.getKey());
            out.writeStringField("Value", tag.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private KinesisStream streamOf(Operation.Call call) throws IOException {
        return streams.requireActive(call.request(), call.nowMillis());
    }

    private KinesisStream resourceOf(Operation.Call call) throws IOException {
        return streams.requireByArn("ResourceARN", call.request().requiredText("ResourceARN"), call.nowMillis());
    }

    private static ApiException tooMany(int count) {
        return ApiException.invalidArgument(
                "A stream has at most " + Limits.TAGS + " tags; this would make " + count + ".");
    }
}
