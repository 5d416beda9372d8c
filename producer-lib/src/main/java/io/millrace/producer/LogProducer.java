package io.millrace.producer;

import io.millrace.producer.internal.JsonFields;
import io.millrace.producer.internal.JsonText;
import io.millrace.producer.internal.KinesisLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends JSON logs and derives their partition keys ({@link PartitionKeyRule}). Thread-safe.
 *
 * <p>A log that is no JSON object, or lacks the field, is sent all the same, under the key {@code unknown}: nothing is
 * dropped here, and the consumer keeps what it cannot read.
 */
public final class LogProducer implements AutoCloseable {
    private static final String UNKNOWN = "unknown";

    private final StreamProducer producer;
    private final PartitionKeyRule rule;
    private final AtomicInteger turn = new AtomicInteger();

    /** Sends through {@code producer}, which {@link #close} closes. */
    public LogProducer(StreamProducer producer, PartitionKeyRule rule) {
        this.producer = producer;
        this.rule = rule;
    }

    /** A producer with these settings. */
    public static LogProducer start(ProducerConfig config) {
        return new LogProducer(StreamProducer.start(config), config.partitionKey());
    }

    /**
     * A producer by the environment's variables ({@link ProducerSettings#ALL}), or the file that {@code CONFIG_FILE} names.
     *
     * @throws ConfigException listing every variable that is wrong
     */
    public static LogProducer fromEnvironment() {
        return start(ProducerSettings.read(Variables.of(System.getenv())));
    }

    /** Sends a JSON object, the bytes as they are; raises and answers what {@link StreamProducer#send} does. */
    public CompletableFuture<SendResult> send(byte[] json) {
        return producer.send(partitionKey(json), json);
    }

    /** Sends a JSON object. */
    public CompletableFuture<SendResult> send(String json) {
        return send(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a log as JSON: strings, numbers, booleans, nulls, maps, iterables and arrays as themselves, anything else by its
     * {@code toString}.
     */
    public CompletableFuture<SendResult> send(Map<String, ?> log) {
        return send(JsonText.of(log));
    }

    /**
     * Sends all of the JSON objects or none.
     *
     * @return a future for each, in their order
     * @throws BufferFullException where there was no room for all of them within {@code maxBlock}
     */
    public List<CompletableFuture<SendResult>> sendAll(List<byte[]> logs, Duration maxBlock) {
        return producer.sendAll(
                logs.stream()
                        .map(json -> new Outgoing(partitionKey(json), json))
                        .toList(),
                maxBlock);
    }

    /** The producer beneath: flush, totals, blocking sends. */
    public StreamProducer producer() {
        return producer;
    }

    /** The partition key under which {@link #send} sends this log. */
    public String partitionKey(byte[] json) {
        if (rule instanceof PartitionKeyRule.Field field) {
            return orUnknown(JsonFields.topLevel(json, field.name()));
        }
        if (rule instanceof PartitionKeyRule.Spread spread) {
            String service = orUnknown(JsonFields.topLevel(json, PartitionKeyRule.SERVICE_FIELD));
            String suffix = "-" + Math.floorMod(turn.getAndIncrement(), spread.ways());
            return truncate(service, KinesisLimits.PARTITION_KEY_CHARS - suffix.length()) + suffix;
        }
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    private static String orUnknown(String value) {
        return value == null || value.isEmpty() ? UNKNOWN : truncate(value, KinesisLimits.PARTITION_KEY_CHARS);
    }

    private static String truncate(String text, int chars) {
        int length = text.codePointCount(0, text.length());
        return length <= chars ? text : text.substring(0, text.offsetByCodePoints(0, chars));
    }

    @Override
    public void close() {
        producer.close();
    }
}
