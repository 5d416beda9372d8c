package io.millrace.consumer.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.consumer.parse.ParseResult.Parsed;
import java.io.IOException;

/** Runs through one event's tokens and keeps what its service, timestamp and dedupe fields say. Not thread-safe. */
final class EventScanner {

    private final FieldPath servicePath;
    private final FieldPath timestampPath;
    private final FieldPath idPath;
    private final boolean wantsId;
    private final int deepest;
    private final TextCache services = new TextCache();

    private String service = "";
    private long epochSecond;
    private String id = "";

    EventScanner(String serviceField, String timestampField, String dedupeField) {
        servicePath = new FieldPath(serviceField);
        timestampPath = new FieldPath(timestampField);
        idPath = new FieldPath(dedupeField);
        wantsId = !dedupeField.isEmpty();
        deepest = Math.max(Math.max(servicePath.depth(), timestampPath.depth()), idPath.depth());
    }

    /** Reads the object whose start is the current token, to its end. */
    void scan(JsonParser json) throws IOException {
        reset();
        int depth = 1;
        while (depth > 0) {
            switch (json.nextToken()) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> {
                    depth--;
                    if (depth < deepest) {
                        leave(depth);
                    }
                }
                case FIELD_NAME -> {
                    if (depth <= deepest) {
                        depth += field(json, json.currentName(), depth);
                    }
                }
                default -> {} // a value that nobody asked for
            }
        }
    }

    Parsed event(byte[] data, int offset, int length, boolean hasLineBreaks) {
        return new Parsed(data, offset, length, hasLineBreaks, service, epochSecond, id);
    }

    private void reset() {
        service = "";
        epochSecond = EventTime.NONE;
        id = "";
        servicePath.reset();
        timestampPath.reset();
        idPath.reset();
    }

    private void leave(int depth) {
        servicePath.leave(depth);
        timestampPath.leave(depth);
        idPath.leave(depth);
    }

    /** Reads on to the field's value where somebody asks for it; 1 where that opened an object or array. */
    private int field(JsonParser json, String name, int depth) throws IOException {
        if (deepest > 1) {
            leave(depth); // a step whose value was no object
        }
        boolean isService = servicePath.isField(name, depth);
        boolean isTimestamp = timestampPath.isField(name, depth);
        boolean isId = wantsId && idPath.isField(name, depth);
        if (isService || isTimestamp || isId) {
            JsonToken value = json.nextToken();
            if (isService) {
                service = isText(value) ? cached(json) : "";
            }
            if (isTimestamp) {
                epochSecond = isText(value) ? time(json) : EventTime.NONE;
            }
            if (isId) {
                id = isText(value) ? json.getText() : "";
            }
        }
        if (deepest > 1) {
            step(name, depth);
        }
        return (isService || isTimestamp || isId) && json.currentToken().isStructStart() ? 1 : 0;
    }

    private void step(String name, int depth) {
        servicePath.step(name, depth);
        timestampPath.step(name, depth);
        idPath.step(name, depth);
    }

    private static boolean isText(JsonToken value) {
        return value.isScalarValue() && value != JsonToken.VALUE_NULL;
    }

    private String cached(JsonParser json) throws IOException {
        return services.get(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }

    private static long time(JsonParser json) throws IOException {
        return EventTime.epochSecond(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }
}
