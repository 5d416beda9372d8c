package io.millrace.localaws;

import io.millrace.localaws.kinesis.ShardLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link LocalAws} is started with.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 picks a free one
 * @param tlsPort a port to listen on by TLS as well; 0 picks a free one
 * @param dataDir where S3's objects stay; absent, they go when the instance closes
 * @param init the streams and buckets that are made at the start
 * @param maxBytes the records that Kinesis holds; absent, half of the heap
 * @param shardLimits which of AWS's limits a shard keeps to
 * @param retention how long a stream keeps records, though it says 24 hours; absent, what it says
 * @param faultSeed what the chances of faults are drawn from
 * @param httpKeepAlive how long an idle connection stays open
 */
public record LocalAwsSettings(
        String bind,
        int port,
        Optional<Integer> tlsPort,
        Optional<Path> dataDir,
        Optional<InitialResources> init,
        Optional<Long> maxBytes,
        ShardLimits shardLimits,
        Optional<Duration> retention,
        long faultSeed,
        Duration httpKeepAlive) {

    private static final long DEFAULT_FAULT_SEED = 42;

    private static final Duration IDLE_TIME = Duration.ofSeconds(75);

    public LocalAwsSettings {
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(tlsPort, "tlsPort");
        Objects.requireNonNull(dataDir, "dataDir");
        Objects.requireNonNull(init, "init");
        Objects.requireNonNull(maxBytes, "maxBytes");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(httpKeepAlive, "httpKeepAlive");
    }

    /** For a test: a free loopback port, nothing made, nothing kept. */
    public static LocalAwsSettings ephemeral() {
        return new LocalAwsSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ShardLimits.NONE,
                Optional.empty(),
                DEFAULT_FAULT_SEED,
                IDLE_TIME);
    }

    public LocalAwsSettings withPort(int value) {
        return new LocalAwsSettings(
                bind, value, tlsPort, dataDir, init, maxBytes, shardLimits, retention, faultSeed, httpKeepAlive);
    }

    public LocalAwsSettings withTlsPort(int value) {
        return new LocalAwsSettings(
                bind,
                port,
                Optional.of(value),
                dataDir,
                init,
                maxBytes,
                shardLimits,
                retention,
                faultSeed,
                httpKeepAlive);
    }

    public LocalAwsSettings withDataDir(Path value) {
        return new LocalAwsSettings(
                bind,
                port,
                tlsPort,
                Optional.of(value),
                init,
                maxBytes,
                shardLimits,
                retention,
                faultSeed,
                httpKeepAlive);
    }

    /** With the streams and buckets that Millrace's processes use by default. */
    public LocalAwsSettings withInit() {
        return new LocalAwsSettings(
                bind,
                port,
                tlsPort,
                dataDir,
                Optional.of(InitialResources.standard()),
                maxBytes,
                shardLimits,
                retention,
                faultSeed,
                httpKeepAlive);
    }

    public LocalAwsSettings withMaxBytes(long value) {
        return new LocalAwsSettings(
                bind,
                port,
                tlsPort,
                dataDir,
                init,
                Optional.of(value),
                shardLimits,
                retention,
                faultSeed,
                httpKeepAlive);
    }

    public LocalAwsSettings withShardLimits(ShardLimits value) {
        return new LocalAwsSettings(
                bind, port, tlsPort, dataDir, init, maxBytes, value, retention, faultSeed, httpKeepAlive);
    }

    /**
     * For a test that cannot wait a day: records go after so long. The API goes on saying 24 hours, for it knows only whole
     * hours, until a call sets another retention, which then holds.
     */
    public LocalAwsSettings withRetention(Duration value) {
        return new LocalAwsSettings(
                bind,
                port,
                tlsPort,
                dataDir,
                init,
                maxBytes,
                shardLimits,
                Optional.of(value),
                faultSeed,
                httpKeepAlive);
    }

    public LocalAwsSettings withFaultSeed(long value) {
        return new LocalAwsSettings(
                bind, port, tlsPort, dataDir, init, maxBytes, shardLimits, retention, value, httpKeepAlive);
    }

    public LocalAwsSettings withHttpKeepAlive(Duration value) {
        return new LocalAwsSettings(
                bind, port, tlsPort, dataDir, init, maxBytes, shardLimits, retention, faultSeed, value);
    }
}
