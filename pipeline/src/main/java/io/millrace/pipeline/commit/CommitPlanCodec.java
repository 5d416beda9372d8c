package io.millrace.pipeline.commit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.sink.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The persisted form of {@link CommitPlan}. */
final class CommitPlanCodec {

    private static final String FORMAT = "2";
    /** As it was before the bucket was part of a plan. */
    private static final String WITHOUT_BUCKET = "1";

    private static final Set<String> FIELDS =
            Set.of("v", "first", "records", "bucket", "layout", "compression", "service", "timestamp", "dedupe");
    private static final JsonFactory JSON = new JsonFactory();

    private CommitPlanCodec() {}

    static byte[] encode(CommitPlan plan) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            Layout layout = plan.layout();
            json.writeStartObject();
            json.writeNumberField("v", Integer.parseInt(FORMAT));
            json.writeStringField("first", plan.first().toString());
            json.writeNumberField("records", plan.records());
            json.writeStringField("bucket", plan.bucket());
            json.writeNumberField("layout", layout.version());
            json.writeStringField("compression", layout.compression().name().toLowerCase(Locale.ROOT));
            json.writeStringField("service", layout.serviceField());
            json.writeStringField("timestamp", layout.timestampField());
            if (layout.dedupeField().isPresent()) {
                json.writeStringField("dedupe", layout.dedupeField().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    static CommitPlan decode(byte[] state, String bucketOfOlder) {
        try {
            Map<String, String> fields = fields(state);
            boolean hasBucket = FORMAT.equals(fields.get("v"));
            if (!hasBucket && !WITHOUT_BUCKET.equals(fields.get("v"))) {
                throw new IllegalArgumentException("its version is " + fields.get("v"));
            }
            if (!FIELDS.containsAll(fields.keySet())) {
                throw new IllegalArgumentException("it has unknown fields");
            }
            Layout layout = new Layout(
                    Integer.parseInt(required(fields, "layout")),
                    Compression.valueOf(required(fields, "compression").toUpperCase(Locale.ROOT)),
                    required(fields, "service"),
                    required(fields, "timestamp"),
                    Optional.ofNullable(fields.get("dedupe")));
            return new CommitPlan(
                    Position.parse(required(fields, "first")),
                    Long.parseLong(required(fields, "records")),
                    hasBucket ? required(fields, "bucket") : bucketOfOlder,
                    layout);
        } catch (JsonProcessingException e) {
            throw foreign(state, e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw foreign(state, e.getMessage(), e);
        }
    }

    private static IllegalArgumentException foreign(byte[] state, String why, Exception e) {
        String text = new String(state, 0, Math.min(state.length, 300), StandardCharsets.UTF_8).replaceAll("\\R", " ");
        String message = "the pending commit in the lease was not written by this version of the consumer (" + why
                + "): run the version that wrote it until the shard has no pending commit. It reads: " + text;
        return new IllegalArgumentException(message, e);
    }

    private static Map<String, String> fields(byte[] state) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(state)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!json.nextToken().isScalarValue() || fields.put(name, json.getText()) != null) {
                    throw new IllegalArgumentException("its field " + name + " is no single value");
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IllegalArgumentException("it is no single JSON object");
            }
        }
        return fields;
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it lacks " + name);
        }
        return value;
    }
}
