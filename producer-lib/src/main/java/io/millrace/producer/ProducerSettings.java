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

/** The environment variables of the producer. {@code --help} and docs/settings.md are made from them too. */
public final class ProducerSettings {

    static final String REGION = "AWS_REGION";
    static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";
    private static final String SECONDS = "; a number alone is in seconds";
    private static final String BYTES = "; a number alone is in bytes";

    /** Every variable, in the order in which people read of them. */
    public static final List<ProducerSetting> ALL = List.of(
            setting(
                    "KINESIS_ENABLED",
                    "true or false",
                    "Whether events are sent. With false, they are accepted and dropped.",
                    (b, v) -> b.enabled(bool(v)),
                    c -> c.enabled()),
            setting(
                    "KINESIS_STREAM_NAME",
                    "the name or the ARN of a stream",
                    "The stream that events are sent to.",
                    (b, v) -> b.stream(v),
                    c -> c.stream()),
            setting(
                    "AWS_ENDPOINT_URL",
                    "an http:// or https:// URL without a password",
                    "The endpoint of Kinesis, for development. Without it, or when it is empty, AWS itself is used.",
                    (b, v) -> b.endpoint(URI.create(v)),
                    c -> orEmpty(c.endpoint())),
            setting(
                    REGION,
                    "the name of a region, for example us-east-1",
                    "The AWS region. AWS_REGION wins over AWS_DEFAULT_REGION. Without both, the AWS SDK finds it.",
                    (b, v) -> b.region(v),
                    c -> orEmpty(c.region())),
            setting(
                    "PRODUCER_LINGER",
                    "a duration from 0ms to 1m" + SECONDS,
                    "How long an event waits for others that can share its request.",
                    (b, v) -> b.linger(Units.duration(v)),
                    c -> Units.format(c.linger())),
            setting(
                    "PRODUCER_BATCH_RECORDS",
                    "a whole number from 1 to 500",
                    "The most records in one request.",
                    (b, v) -> b.batchRecords(integer(v)),
                    c -> c.batchRecords()),
            setting(
                    "PRODUCER_BATCH_BYTES",
                    "a size from 1 to 10MiB" + BYTES,
                    "A request is full when it has this many bytes. A larger record goes alone.",
                    (b, v) -> b.batchBytes(bytes(v)),
                    c -> Units.format(c.batchBytes())),
            setting(
                    "PRODUCER_MAX_IN_FLIGHT",
                    "a whole number from 1 to 1000",
                    "The most requests that are under way at the same time.",
                    (b, v) -> b.maxInFlight(integer(v)),
                    c -> c.maxInFlight()),
            setting(
                    "PRODUCER_BUFFER_BYTES",
                    "a size from 64KiB to 64GiB" + BYTES,
                    "The most memory that accepted events take.",
                    (b, v) -> b.bufferBytes(Units.bytes(v)),
                    c -> Units.format(c.bufferBytes())),
            setting(
                    "PRODUCER_MAX_BLOCK",
                    "a duration from 0ms to 24h" + SECONDS,
                    "How long `send` waits for room in the buffer before it fails.",
                    (b, v) -> b.maxBlock(Units.duration(v)),
                    c -> Units.format(c.maxBlock())),
            setting(
                    "PRODUCER_DELIVERY_TIMEOUT",
                    "a duration from 1ms to 168h" + SECONDS,
                    "How long the producer tries to deliver an accepted event.",
                    (b, v) -> b.deliveryTimeout(Units.duration(v)),
                    c -> Units.format(c.deliveryTimeout())),
            setting(
                    "PRODUCER_REQUEST_TIMEOUT",
                    "a duration from 1ms to 5m" + SECONDS,
                    "How long one request may take.",
                    (b, v) -> b.requestTimeout(Units.duration(v)),
                    c -> Units.format(c.requestTimeout())),
            setting(
                    "PRODUCER_CLOSE_TIMEOUT",
                    "a duration from 0ms to 1h" + SECONDS,
                    "How long `close` goes on sending what is left.",
                    (b, v) -> b.closeTimeout(Units.duration(v)),
                    c -> Units.format(c.closeTimeout())),
            setting(
                    "PRODUCER_ORDERING",
                    "key, none",
                    "With key, the events of a partition key keep their order, across retries too.",
                    (b, v) -> b.ordering(choice(Ordering.class, v)),
                    c -> lower(c.ordering())),
            setting(
                    "PRODUCER_PARTITION_KEY",
                    "service, field:NAME, spread, spread:N, random",
                    "The partition key of a log. service keeps the logs of a service in order, in one shard."
                            + " field:NAME takes"
                            + " another field. spread:N adds one of N suffixes to the service in turn, for a service"
                            + " that"
                            + " is too busy for one shard. random makes a new key for each log.",
                    (b, v) -> b.partitionKey(PartitionKeyRule.parse(v)),
                    c -> c.partitionKey()),
            setting(
                    "PRODUCER_AGGREGATION",
                    "auto, none, lines, kpl",
                    "How events share a record. With lines, events of one partition key become the lines of one"
                            + " record. With"
                            + " auto, that is done only for keys that are behind. kpl is the format of Amazon's Kinesis"
                            + " Producer Library.",
                    (b, v) -> b.aggregation(choice(Aggregation.class, v)),
                    c -> lower(c.aggregation())),
            setting(
                    "PRODUCER_AGGREGATION_BYTES",
                    "a size from 1KiB to 1MiB" + BYTES,
                    "A shared record is full when it has this many bytes.",
                    (b, v) -> b.aggregationBytes(bytes(v)),
                    c -> Units.format(c.aggregationBytes())),
            setting(
                    "PRODUCER_COMPRESSION",
                    "none, gzip",
                    "How the data of each record is compressed.",
                    (b, v) -> b.compression(choice(Compression.class, v)),
                    c -> lower(c.compression())),
            setting(
                    "PRODUCER_MAX_RECORD_BYTES",
                    "a size from 1KiB to 10MiB" + BYTES,
                    "The largest record, with its partition key. Above 1MiB, raise the limit of the stream too.",
                    (b, v) -> b.maxRecordBytes(bytes(v)),
                    c -> Units.format(c.maxRecordBytes())),
            setting(
                    "PRODUCER_RATE_LIMIT",
                    "auto, off, 1% to 1000%",
                    "When to throttle a shard to its 1,000 records and 1 MiB a second: after its first refusal"
                            + " (auto), never"
                            + " (off), or always, to this share of its limits.",
                    (b, v) -> b.rateLimit(RateLimit.parse(v)),
                    c -> c.rateLimit()),
            setting(
                    "PRODUCER_SPILL_DIR",
                    "a folder",
                    "The folder where events wait on disk when the buffer is full. When it is empty, none do.",
                    (b, v) -> b.spillDir(Path.of(v)),
                    c -> orEmpty(c.spillDir())),
            setting(
                    "PRODUCER_SPILL_BYTES",
                    "a size from 64KiB to 16TiB" + BYTES,
                    "The most bytes in that folder.",
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
                String shown = value.strip().replaceAll("//[^/\\s]*@", "//***@");
                problems.add(setting.name() + "=" + shown + " is not allowed; allowed: " + setting.allowed());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return builder.build();
    }

    /** The effective settings, by variable. */
    public static Map<String, String> describe(ProducerConfig config) {
        Map<String, String> effective = new LinkedHashMap<>();
        ALL.forEach(setting -> effective.put(setting.name(), setting.show().apply(config)));
        return effective;
    }

    /** The SDK and the AWS CLI read the region's two names in the same order. */
    private static String value(String name, Map<String, String> variables) {
        String value = variables.getOrDefault(name, "");
        return value.isBlank() && name.equals(REGION) ? variables.getOrDefault(DEFAULT_REGION, "") : value;
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
