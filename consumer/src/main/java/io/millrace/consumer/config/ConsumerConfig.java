package io.millrace.consumer.config;

import static io.millrace.consumer.config.ConsumerSettings.*;
import static io.millrace.settings.SharedSettings.ENDPOINT;
import static io.millrace.settings.SharedSettings.HTTP_KEEP_ALIVE;
import static io.millrace.settings.SharedSettings.LOG_FORMAT;
import static io.millrace.settings.SharedSettings.TARGET_BUCKET;

import io.millrace.consumer.config.ConsumerSettings.CloudWatchLevel;
import io.millrace.consumer.config.ConsumerSettings.RecordDecoder;
import io.millrace.consumer.config.ConsumerSettings.RetrievalMode;
import io.millrace.consumer.lease.InitialPosition;
import io.millrace.pipeline.LakeSettings;
import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.sink.ObjectSettings;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Units;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The consumer's configuration: immutable, and right in itself.
 *
 * @param buckets each stream's bucket
 * @param multiStream whether STREAMS names them; versions before the table of {@code LeaseTable} had other leases then
 */
public record ConsumerConfig(
        Optional<URI> endpoint,
        Optional<String> region,
        Map<String, String> buckets,
        boolean multiStream,
        InitialPosition initialPosition,
        String applicationName,
        String workerId,
        RetrievalMode retrievalMode,
        Duration pollInterval,
        int batchSize,
        RecordDecoder decoder,
        long maxIntakeBytes,
        FlushPolicy flush,
        long maxBufferBytes,
        Layout layout,
        ObjectSettings objects,
        Duration failoverTime,
        Duration shutdownTimeout,
        String statusHost,
        int statusPort,
        Duration httpKeepAlive,
        Duration healthMaxWait,
        CloudWatchLevel cloudWatch,
        LogLevel logLevel,
        LogFormat logFormat) {

    /** Reads everything; {@link SettingReader#problems} says what was wrong, and then the result is not to be used. */
    public static ConsumerConfig read(SettingReader settings) {
        Map<String, String> buckets = buckets(settings);
        Optional<URI> endpoint = settings.find(ENDPOINT);
        Duration flushInterval = settings.get(FLUSH_INTERVAL);
        long maxBufferBytes = settings.get(MAX_BUFFER_BYTES);
        int statusPort = settings.get(STATUS_PORT);
        ConsumerConfig config = new ConsumerConfig(
                endpoint,
                region(settings, endpoint.isPresent()),
                buckets,
                settings.isGiven(STREAMS),
                settings.get(INITIAL_POSITION),
                settings.get(APPLICATION_NAME),
                settings.find(WORKER_ID).orElseGet(() -> workerId(settings, statusPort)),
                settings.get(RETRIEVAL_MODE),
                settings.get(POLL_INTERVAL),
                settings.get(BATCH_SIZE),
                settings.get(DECODE_RECORDS),
                settings.get(MAX_INTAKE_BYTES),
                new FlushPolicy(flushBytes(settings, maxBufferBytes), settings.get(FLUSH_RECORDS), flushInterval),
                maxBufferBytes,
                LakeSettings.layout(settings, settings.find(DEDUPE_FIELD)),
                LakeSettings.objects(settings),
                settings.get(FAILOVER_TIME),
                settings.get(SHUTDOWN_TIMEOUT),
                settings.get(STATUS_HOST),
                statusPort,
                settings.get(HTTP_KEEP_ALIVE),
                healthMaxWait(settings, flushInterval),
                settings.get(CLOUDWATCH_METRICS),
                settings.get(LOG_LEVEL),
                settings.get(LOG_FORMAT));
        if (endpoint.isPresent() && config.cloudWatch != CloudWatchLevel.NONE) {
            settings.problem("CLOUDWATCH_METRICS is not allowed with AWS_ENDPOINT_URL: remove one of them");
        }
        return config;
    }

    private static Map<String, String> buckets(SettingReader settings) {
        Optional<Map<String, String>> streams = settings.find(STREAMS);
        if (settings.isGiven(STREAMS) && (settings.isGiven(STREAM_NAME) || settings.isGiven(TARGET_BUCKET))) {
            settings.problem(
                    "STREAMS is used instead of STREAM_NAME and TARGET_BUCKET: remove STREAMS, or the other two");
        }
        return streams.orElseGet(() -> Map.of(settings.get(STREAM_NAME), settings.get(TARGET_BUCKET)));
    }

    private static Optional<String> region(SettingReader settings, boolean customEndpoint) {
        return settings.find(REGION).or(() -> customEndpoint ? Optional.of("us-east-1") : Optional.empty());
    }

    private static long flushBytes(SettingReader settings, long maxBufferBytes) {
        long flushBytes = settings.get(FLUSH_BYTES);
        if (flushBytes > maxBufferBytes) {
            settings.problem("FLUSH_BYTES is more than MAX_BUFFER_BYTES (" + Units.format(maxBufferBytes)
                    + "), so no batch could ever reach it; allowed: at most MAX_BUFFER_BYTES");
        }
        return flushBytes;
    }

    private static Duration healthMaxWait(SettingReader settings, Duration flushInterval) {
        Duration least = flushInterval.multipliedBy(2);
        Duration wait = settings.get(HEALTH_MAX_WAIT);
        if (wait.compareTo(least) >= 0) {
            return wait;
        }
        if (settings.isGiven(HEALTH_MAX_WAIT)) {
            settings.problem(
                    "HEALTH_MAX_WAIT is less than twice FLUSH_INTERVAL; allowed: at least " + Units.format(least));
        }
        settings.show(HEALTH_MAX_WAIT, Units.format(least));
        return least;
    }

    /** Two processes on one host differ in their status port, and a restarted one has the same again. */
    private static String workerId(SettingReader settings, int statusPort) {
        String distinction = statusPort == 0 ? UUID.randomUUID().toString() : String.valueOf(statusPort);
        String id = hostName() + "-" + distinction;
        settings.show(WORKER_ID, id);
        return id;
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name.strip();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
