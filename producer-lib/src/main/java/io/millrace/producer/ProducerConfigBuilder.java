package io.millrace.producer;

import io.millrace.producer.internal.KinesisLimits;
import io.millrace.producer.internal.Units;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Builds a {@link ProducerConfig}; not thread-safe. Each setter raises {@link IllegalArgumentException} for a value
 * out of range, naming the range.
 */
public final class ProducerConfigBuilder {
    private boolean enabled = true;
    private String stream = "stage01-logs-stream";
    private Optional<URI> endpoint = Optional.empty();
    private Optional<String> region = Optional.empty();
    private Duration linger = Duration.ofMillis(100);
    private int batchRecords = KinesisLimits.REQUEST_RECORDS;
    private int batchBytes = 1024 * 1024;
    private int maxInFlight = 8;
    private long bufferBytes = 32L << 20;
    private Duration maxBlock = Duration.ofSeconds(60);
    private Duration deliveryTimeout = Duration.ofMinutes(2);
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(30);
    private Ordering ordering = Ordering.KEY;
    private Aggregation aggregation = Aggregation.AUTO;
    private int aggregationBytes = 256 * 1024;
    private Compression compression = Compression.NONE;
    private int maxRecordBytes = KinesisLimits.DEFAULT_RECORD_BYTES;
    private RateLimit rateLimit = RateLimit.AUTO;
    private PartitionKeyRule partitionKey = PartitionKeyRule.service();
    private Optional<Path> spillDir = Optional.empty();
    private long spillBytes = 1L << 30;

    ProducerConfigBuilder() {}

    public ProducerConfigBuilder enabled(boolean value) {
        enabled = value;
        return this;
    }

    /** A name of 1 to 128 letters, digits, {@code _}, {@code .} and {@code -}, or a stream's ARN. */
    public ProducerConfigBuilder stream(String value) {
        require(value.startsWith("arn:") || value.matches("[a-zA-Z0-9_.-]{1,128}"), "must be a stream's name or ARN");
        stream = value;
        return this;
    }

    public ProducerConfigBuilder endpoint(URI value) {
        require("http".equals(value.getScheme()) || "https".equals(value.getScheme()), "must be an http or https URL");
        require(value.getHost() != null && value.getUserInfo() == null, "must be a URL with a host and no password");
        endpoint = Optional.of(value);
        return this;
    }

    public ProducerConfigBuilder region(String value) {
        require(value.matches("[a-z0-9-]{2,40}"), "must be an AWS region's name");
        region = Optional.of(value);
        return this;
    }

    public ProducerConfigBuilder linger(Duration value) {
        linger = between(value, Duration.ZERO, Duration.ofMinutes(1));
        return this;
    }

    public ProducerConfigBuilder batchRecords(int value) {
        batchRecords = (int) between(value, 1, KinesisLimits.REQUEST_RECORDS);
        return this;
    }

    public ProducerConfigBuilder batchBytes(int value) {
        batchBytes = (int) between(value, 1, KinesisLimits.REQUEST_BYTES);
        return this;
    }

    public ProducerConfigBuilder maxInFlight(int value) {
        maxInFlight = (int) between(value, 1, 1000);
        return this;
    }

    public ProducerConfigBuilder bufferBytes(long value) {
        bufferBytes = between(value, 64 * 1024, 64L << 30);
        return this;
    }

    public ProducerConfigBuilder maxBlock(Duration value) {
        maxBlock = between(value, Duration.ZERO, Duration.ofHours(24));
        return this;
    }

    public ProducerConfigBuilder deliveryTimeout(Duration value) {
        deliveryTimeout = between(value, Duration.ofMillis(1), Duration.ofDays(7));
        return this;
    }

    public ProducerConfigBuilder requestTimeout(Duration value) {
        requestTimeout = between(value, Duration.ofMillis(1), Duration.ofMinutes(5));
        return this;
    }

    public ProducerConfigBuilder closeTimeout(Duration value) {
        closeTimeout = between(value, Duration.ZERO, Duration.ofHours(1));
        return this;
    }

    public ProducerConfigBuilder ordering(Ordering value) {
        ordering = value;
        return this;
    }

    public ProducerConfigBuilder aggregation(Aggregation value) {
        aggregation = value;
        return this;
    }

    public ProducerConfigBuilder aggregationBytes(int value) {
        aggregationBytes = (int) between(value, 1024, KinesisLimits.DEFAULT_RECORD_BYTES);
        return this;
    }

    public ProducerConfigBuilder compression(Compression value) {
        compression = value;
        return this;
    }

    public ProducerConfigBuilder maxRecordBytes(int value) {
        maxRecordBytes = (int) between(value, 1024, KinesisLimits.RECORD_BYTES);
        return this;
    }

    public ProducerConfigBuilder rateLimit(RateLimit value) {
        rateLimit = value;
        return this;
    }

    public ProducerConfigBuilder partitionKey(PartitionKeyRule value) {
        partitionKey = value;
        return this;
    }

    public ProducerConfigBuilder spillDir(Path value) {
        spillDir = Optional.of(value);
        return this;
    }

    public ProducerConfigBuilder spillBytes(long value) {
        spillBytes = between(value, 64 * 1024, 1L << 44);
        return this;
    }

    /** The settings as they are now. */
    public ProducerConfig build() {
        return new ProducerConfig(
                enabled,
                stream,
                endpoint,
                region,
                linger,
                batchRecords,
                batchBytes,
                maxInFlight,
                bufferBytes,
                maxBlock,
                deliveryTimeout,
                requestTimeout,
                closeTimeout,
                ordering,
                aggregation,
                aggregationBytes,
                compression,
                maxRecordBytes,
                rateLimit,
                partitionKey,
                spillDir,
                spillBytes);
    }

    private static long between(long value, long least, long most) {
        require(value >= least && value <= most, "must be " + least + " to " + most + ", was " + value);
        return value;
    }

    private static Duration between(Duration value, Duration least, Duration most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "must be " + Units.format(least) + " to " + Units.format(most));
        return value;
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
