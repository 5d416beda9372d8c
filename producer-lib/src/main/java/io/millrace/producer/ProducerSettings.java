package io.millrace.producer;

import io.millrace.producer.internal.Units;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The producer's environment variables: the one place that {@code --help}, the README's table and the code share. */
public final class ProducerSettings {

    /** Every variable, in the order in which people read of them. */
    public static final List<ProducerSetting> ALL = List.of(
            setting(
                    "KINESIS_ENABLED",
                    "true, false",
                    "false: events are accepted and dropped",
                    (b, v) -> b.enabled(bool(v)),
                    c -> c.enabled()),
            setting(
                    "KINESIS_STREAM_NAME",
                    "a stream's name or ARN",
                    "the stream",
                    (b, v) -> b.stream(v),
                    c -> c.stream()),
            setting(
                    "AWS_ENDPOINT_URL",
                    "a URL; not set or empty for AWS itself",
                    "the Kinesis endpoint",
                    (b, v) -> b.endpoint(URI.create(v)),
                    c -> orEmpty(c.endpoint())),
            setting(
                    "AWS_DEFAULT_REGION",
                    "a region's name; AWS_REGION too",
                    "the AWS region; absent, the SDK's own chain",
                    (b, v) -> b.region(v),
                    c -> orEmpty(c.region())),
            setting(
                    "PRODUCER_LINGER",
                    "0ms to 1m",
                    "how long an event waits for others to share its request",
                    (b, v) -> b.linger(Units.duration(v)),
                    c -> Units.format(c.linger())),
            setting(
                    "PRODUCER_BATCH_RECORDS",
                    "1 to 500",
                    "most records in a request",
                    (b, v) -> b.batchRecords(integer(v)),
                    c -> c.batchRecords()),
            setting(
                    "PRODUCER_BATCH_BYTES",
                    "1 to 10MiB",
                    "bytes at which a request is full; a larger record goes alone",
                    (b, v) -> b.batchBytes(bytes(v)),
                    c -> Units.format(c.batchBytes())),
            setting(
                    "PRODUCER_MAX_IN_FLIGHT",
                    "1 to 1000",
                    "most requests on their way at once",
                    (b, v) -> b.maxInFlight(integer(v)),
                    c -> c.maxInFlight()),
            setting(
                    "PRODUCER_BUFFER_BYTES",
                    "64KiB to 64GiB",
                    "most bytes that accepted events may occupy in memory",
                    (b, v) -> b.bufferBytes(Units.bytes(v)),
                    c -> Units.format(c.bufferBytes())),
            setting(
                    "PRODUCER_MAX_BLOCK",
                    "0ms to 24h",
                    "how long send waits for room in the buffer before it fails",
                    (b, v) -> b.maxBlock(Units.duration(v)),
                    c -> Units.format(c.maxBlock())),
            setting(
                    "PRODUCER_DELIVERY_TIMEOUT",
                    "1ms to 168h",
                    "how long an accepted event is tried",
                    (b, v) -> b.deliveryTimeout(Units.duration(v)),
                    c -> Units.format(c.deliveryTimeout())),
            setting(
                    "PRODUCER_REQUEST_TIMEOUT",
                    "1ms to 5m",
                    "how long one request may take",
                    (b, v) -> b.requestTimeout(Units.duration(v)),
                    c -> Units.format(c.requestTimeout())),
            setting(
                    "PRODUCER_CLOSE_TIMEOUT",
                    "0ms to 1h",
                    "how long close goes on sending what is left",
                    (b, v) -> b.closeTimeout(Units.duration(v)),
                    c -> Units.format(c.closeTimeout())),
            setting(
                    "PRODUCER_ORDERING",
                    "key, none",
                    "key: a partition key's events keep their order, across retries too",
                    (b, v) -> b.ordering(choice(Ordering.class, v)),
                    c -> lower(c.ordering())),
            setting(
                    "PRODUCER_PARTITION_KEY",
                    "service, field:NAME, spread, spread:N, random",
                    "where a log's partition key comes from",
                    (b, v) -> b.partitionKey(PartitionKeyRule.parse(v)),
                    c -> c.partitionKey()),
            setting(
                    "PRODUCER_AGGREGATION",
                    "auto, none, lines, kpl",
                    "how events share a record: as lines of one partition key where the key is behind, not, as lines always, or in the KPL's format",
                    (b, v) -> b.aggregation(choice(Aggregation.class, v)),
                    c -> lower(c.aggregation())),
            setting(
                    "PRODUCER_AGGREGATION_BYTES",
                    "1KiB to 1MiB",
                    "bytes at which a shared record is full",
                    (b, v) -> b.aggregationBytes(bytes(v)),
                    c -> Units.format(c.aggregationBytes())),
            setting(
                    "PRODUCER_COMPRESSION",
                    "none, gzip",
                    "compresses each record's data",
                    (b, v) -> b.compression(choice(Compression.class, v)),
                    c -> lower(c.compression())),
            setting(
                    "PRODUCER_MAX_RECORD_BYTES",
                    "1KiB to 10MiB",
                    "largest record, partition key included; above 1MiB the stream's own maximum must be raised too",
                    (b, v) -> b.maxRecordBytes(bytes(v)),
                    c -> Units.format(c.maxRecordBytes())),
            setting(
                    "PRODUCER_RATE_LIMIT",
                    "auto, off, 1% to 1000%",
                    "holds each shard to its 1,000 records and 1 MiB a second: once it has refused records, never, or always to a share",
                    (b, v) -> b.rateLimit(RateLimit.parse(v)),
                    c -> c.rateLimit()),
            setting(
                    "PRODUCER_SPILL_DIR",
                    "a folder; empty for none",
                    "where events wait on disk when the buffer is full",
                    (b, v) -> b.spillDir(Path.of(v)),
                    c -> orEmpty(c.spillDir())),
            setting(
                    "PRODUCER_SPILL_BYTES",
                    "64KiB to 16384GiB",
                    "most bytes in that folder",
                    (b, v) -> b.spillBytes(Units.bytes(v)),
                    c -> Units.format(c.spillBytes())));

    private ProducerSettings() {}

    /**
     * Reads the variables from {@code variables}.
     *
     * @throws ConfigException with every problem: the variable, its value and what is allowed
     */
    public static ProducerConfig read(Map<String, String> variables) {
        ProducerConfigBuilder builder = ProducerConfig.builder();
        List<String> problems = new ArrayList<>();
        for (ProducerSetting setting : ALL) {
            String value = value(setting.name(), variables);
            if (value.isBlank()) {
                continue;
            }
            try {
                setting.read().accept(builder, value.strip());
            } catch (IllegalArgumentException | ArithmeticException e) {
                problems.add(setting.name() + "=" + value + ": allowed is " + setting.allowed());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return builder.build();
    }

    /** Every variable as a Markdown table. */
    public static String markdown() {
        StringBuilder table = new StringBuilder("| variable | default | allowed | meaning |\n|---|---|---|---|\n");
        for (ProducerSetting setting : ALL) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(setting.name(), setting.defaultValue(), setting.allowed(), setting.meaning()));
        }
        return table.toString();
    }

    /** The effective settings, by variable. */
    public static Map<String, String> describe(ProducerConfig config) {
        Map<String, String> effective = new LinkedHashMap<>();
        ALL.forEach(setting -> effective.put(setting.name(), setting.show().apply(config)));
        return effective;
    }

    private static String value(String name, Map<String, String> variables) {
        String value = variables.getOrDefault(name, "");
        return value.isBlank() && name.equals("AWS_DEFAULT_REGION") ? variables.getOrDefault("AWS_REGION", "") : value;
    }

    private static ProducerSetting setting(
            String name,
            String allowed,
            String meaning,
            BiConsumer<ProducerConfigBuilder, String> read,
            Function<ProducerConfig, Object> show) {
        return new ProducerSetting(name, allowed, meaning, read, config -> String.valueOf(show.apply(config)));
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static int integer(String text) {
        return Integer.parseInt(text);
    }

    private static int bytes(String text) {
        return Math.toIntExact(Units.bytes(text));
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String orEmpty(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }
}
