package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Messages of {@code application/vnd.amazon.eventstream}: headers that say what it is, and one object as payload. */
final class EventMessages {

    private static final String TYPE = ":message-type";

    private final WireFormat format;

    EventMessages(WireFormat format) {
        this.format = format;
    }

    /** Writes an event's members into an object that is already begun. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    byte[] event(String type, Members members) {
        return message(Map.of(TYPE, "event", ":event-type", type), members);
    }

    byte[] exception(ApiException error) {
        return message(
                Map.of(TYPE, "exception", ":exception-type", error.type()),
                out -> out.writeStringField("message", error.getMessage()));
    }

    private byte[] message(Map<String, String> what, Members members) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        what.forEach((name, value) -> headers.put(name, HeaderValue.fromString(value)));
        headers.put(":content-type", HeaderValue.fromString(format.contentType()));
        byte[] payload = payload(members);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 256);
        new Message(headers, payload).encode(bytes);
        return bytes.toByteArray();
    }

    private byte[] payload(Members members) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator out = Wire.generator(format, bytes)) {
                out.writeStartObject();
                members.write(out);
                out.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }
}
