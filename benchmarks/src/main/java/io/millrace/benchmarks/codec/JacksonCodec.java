package io.millrace.benchmarks.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.millrace.lake.event.EventTime;
import io.millrace.lake.partition.OutputPartition;
import io.millrace.lake.partition.Partitioner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads each event with Jackson and writes it again into its output partition's body. Assigning is ours for all, so only
 * reading, appending and writing are compared.
 */
final class JacksonCodec implements Codec {

    /** Reads an event, and says what its service and time are. */
    record Form<T>(
            Class<T> type,
            java.util.function.Function<T, String> service,
            java.util.function.Function<T, String> time) {}

    static final Form<JsonNode> TREE = new Form<>(
            JsonNode.class,
            tree -> tree.path("service").asText(),
            tree -> tree.path("timestamp").asText());
    static final Form<LogEvent> RECORD = new Form<>(LogEvent.class, LogEvent::service, LogEvent::timestamp);

    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);

    private final List<byte[]> events;
    private final Pass pass;

    private interface Pass {
        void over(byte[] event, Map<OutputPartition, ByteArrayOutputStream> bodies) throws IOException;
    }

    <T> JacksonCodec(List<byte[]> events, Form<T> form) {
        this.events = events;
        ObjectReader reader = MAPPER.readerFor(form.type());
        ObjectWriter writer = MAPPER.writerFor(form.type());
        Partitioner partitioner = new Partitioner();
        this.pass = (event, bodies) -> {
            T value = reader.readValue(event);
            OutputPartition partition = partitioner.assign(
                    form.service().apply(value),
                    EventTime.epochSecond(form.time().apply(value)));
            ByteArrayOutputStream body = bodies.computeIfAbsent(partition, key -> new ByteArrayOutputStream());
            writer.writeValue(body, value);
            body.write('\n');
        };
    }

    @Override
    public long encode() throws IOException {
        Map<OutputPartition, ByteArrayOutputStream> bodies = new HashMap<>();
        for (byte[] event : events) {
            pass.over(event, bodies);
        }
        return bodies.values().stream().mapToLong(ByteArrayOutputStream::size).sum();
    }
}
