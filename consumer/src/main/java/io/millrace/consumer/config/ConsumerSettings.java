package io.millrace.consumer.config;

import static io.millrace.pipeline.LakeSettings.*;
import static io.millrace.settings.SharedSettings.*;

import io.millrace.consumer.lease.InitialPosition;
import io.millrace.settings.LogLevel;
import io.millrace.settings.Pairs;
import io.millrace.settings.Setting;
import io.millrace.settings.Settings;
import io.millrace.settings.SharedSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every setting of the consumer, in the order in which the reference lists them. */
public final class ConsumerSettings {

    static final Setting<String> STREAM_NAME =
            SharedSettings.STREAM_NAME.meaning("The Kinesis stream to read. The consumer waits until it exists.");

    static final Setting<Map<String, String>> STREAMS = Settings.of(
            "STREAMS",
            "Several streams with their buckets, read by one process, for example `logs:raw-logs,metrics:raw-metrics`."
                    + " Use it instead of STREAM_NAME and TARGET_BUCKET. The consumer waits until all of them exist.",
            "stream:bucket pairs, with commas between",
            text -> Pairs.parse(text, ":", STREAM, BUCKET));

    static final Setting<String> APPLICATION_NAME = SharedSettings.APPLICATION_NAME.meaning(
            "The name of the application. Workers with the same name share the work. Their leases are in the DynamoDB"
                    + " table `<APPLICATION_NAME>-leases`, and their fan-out consumer has this name.");

    static final Setting<String> WORKER_ID = Settings.text(
            "WORKER_ID",
            "The name of this worker among those that share the work. Without it, the host's name and STATUS_PORT are"
                    + " used. Keep it stable: a worker that restarts under its old name takes its leases back at once."
                    + " Give each worker its own: two live workers with one name lose no event, but take leases from"
                    + " each other, and `/ready` says so.",
            "1 to 255 characters that the locale of the process knows (all with LC_ALL=C.UTF-8), no spaces",
            "[^\\s\\uFFFD]{1,255}"); // Java reads others as U+FFFD, so that two names could become one

    static final Setting<InitialPosition> INITIAL_POSITION = Settings.of(
                    "INITIAL_POSITION",
                    "Where to start in a stream that this application has never read.",
                    "TRIM_HORIZON (the oldest record), LATEST, or an ISO-8601 time, for example 2026-01-31T00:00:00Z",
                    InitialPosition::parse)
            .orElse("TRIM_HORIZON");

    static final Setting<RetrievalMode> RETRIEVAL_MODE = Settings.oneOf(
                    "RETRIEVAL_MODE",
                    "How records are read. With polling, all readers of a shard share 2 MB/s. With fanout (enhanced"
                            + " fan-out, which AWS bills), this application has 2 MB/s of its own, and lower latency.",
                    RetrievalMode.class)
            .orElse("polling");

    static final Setting<Duration> POLL_INTERVAL = Settings.duration(
                    "POLL_INTERVAL",
                    "How long to wait before reading a shard again that had nothing more. A shard that is behind is"
                            + " read up to five times a second, which is the limit of Kinesis; after its first refusal,"
                            + " at the 2 MB/s that Kinesis gives.",
                    "0.2s",
                    "1m")
            .orElse("0.5s");

    static final Setting<Integer> BATCH_SIZE = Settings.integer(
                    "BATCH_SIZE", "The most records that one read (GetRecords) may bring.", 1, 10_000)
            .orElse("2000");

    static final Setting<RecordDecoder> DECODE_RECORDS = Settings.oneOf(
                    "DECODE_RECORDS",
                    "Who decodes the answers of Kinesis when records are polled. Millrace's own decoder (own) takes less"
                            + " processor time. Use the decoder of the AWS SDK (sdk) if a new SDK does not work with ours.",
                    RecordDecoder.class)
            .orElse("own");

    static final Setting<Long> MAX_INTAKE_BYTES = Settings.bytes(
                    "MAX_INTAKE_BYTES",
                    "The most bytes of records, of all shards together, that are read but not yet in a buffer. One read"
                            + " can bring 10 MiB, so less is not allowed.",
                    "10MiB",
                    "4GiB")
            .orElse("20MiB");

    static final Setting<Duration> FLUSH_INTERVAL = Settings.duration(
                    "FLUSH_INTERVAL",
                    "The longest that an event waits in the buffer before its batch is written. A shorter time gives"
                            + " fresher data, in more and smaller objects.",
                    "0.2s",
                    "1h")
            .orElse("60s");

    static final Setting<Long> FLUSH_BYTES = Settings.bytes(
                    "FLUSH_BYTES", "The batch of a shard is written when it holds this many bytes.", "1KiB", "1GiB")
            .orElse("16MiB");

    static final Setting<Integer> FLUSH_RECORDS = Settings.integer(
                    "FLUSH_RECORDS",
                    "The batch of a shard is written when it holds this many Kinesis records.",
                    1,
                    10_000_000)
            .orElse("200000");

    static final Setting<Long> MAX_BUFFER_BYTES = Settings.bytes(
                    "MAX_BUFFER_BYTES",
                    "The most memory that the buffers of all shards take together. At this limit the largest buffers"
                            + " are written early, and reading waits. A single record, or a batch that is repeated, may"
                            + " be larger.",
                    "1MiB",
                    "64GiB")
            .orElse("48MiB");

    static final Setting<String> DEDUPE_FIELD = Settings.text(
            "DEDUPE_FIELD",
            "The field of an event that holds its id. It is used to drop the copies that a producer's retry makes. When"
                    + " it is empty, no event is dropped.",
            "the name of a field, or a dotted path",
            FIELD);

    static final Setting<Duration> FAILOVER_TIME = Settings.duration(
                    "FAILOVER_TIME",
                    "How long a worker may be silent before other workers take over its shards.",
                    "3s",
                    "5m")
            .orElse("10s");

    static final Setting<Duration> SHUTDOWN_TIMEOUT = Settings.duration(
                    "SHUTDOWN_TIMEOUT",
                    "How long SIGTERM waits until the buffers are committed. What is not committed, the next worker"
                            + " reads again.",
                    "1s",
                    "10m")
            .orElse("25s");

    static final Setting<Duration> HEALTH_MAX_WAIT = Settings.duration(
                    "HEALTH_MAX_WAIT",
                    "`/health` fails when a record has waited in the buffer for this long although AWS answers. It is"
                            + " at least twice FLUSH_INTERVAL.",
                    "1s",
                    "24h")
            .orElse("5m");

    static final Setting<Integer> STATUS_PORT = Settings.integer(
                    "STATUS_PORT",
                    "The port of /health, /ready, /metrics and /status. 0 picks a free port and logs it.",
                    0,
                    65_535)
            .orElse("8011");

    static final Setting<String> STATUS_HOST = Settings.text(
                    "STATUS_HOST",
                    "The address that STATUS_PORT listens on. In a container, use `0.0.0.0`.",
                    "an address or host name of this machine",
                    "[^\\s/]{1,255}")
            .orElse("127.0.0.1");

    static final Setting<CloudWatchLevel> CLOUDWATCH_METRICS = Settings.oneOf(
                    "CLOUDWATCH_METRICS",
                    "Which metrics of the Kinesis Client Library (KCL) go to CloudWatch. AWS bills them. Not allowed"
                            + " together with AWS_ENDPOINT_URL.",
                    CloudWatchLevel.class)
            .orElse("none");

    static final Setting<String> REGION = SharedSettings.REGION.meaning(SharedSettings.REGION.meaning()
            + " Without both, it is us-east-1 with AWS_ENDPOINT_URL; else the AWS SDK finds it.");

    static final Setting<LogLevel> LOG_LEVEL = SharedSettings.LOG_LEVEL.meaning(SharedSettings.LOG_LEVEL.meaning()
            + " KCL and the AWS SDK log warnings only, unless this is debug or trace.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            STREAM_NAME,
            TARGET_BUCKET,
            STREAMS,
            INITIAL_POSITION,
            APPLICATION_NAME,
            WORKER_ID,
            RETRIEVAL_MODE,
            POLL_INTERVAL,
            BATCH_SIZE,
            DECODE_RECORDS,
            MAX_INTAKE_BYTES,
            FLUSH_INTERVAL,
            FLUSH_BYTES,
            FLUSH_RECORDS,
            MAX_BUFFER_BYTES,
            COMPRESSION,
            SSE,
            SSE_KMS_KEY_ID,
            STORAGE_CLASS,
            OBJECT_TAGS,
            SERVICE_FIELD,
            TIMESTAMP_FIELD,
            DEDUPE_FIELD,
            FAILOVER_TIME,
            SHUTDOWN_TIMEOUT,
            STATUS_PORT,
            STATUS_HOST,
            HTTP_KEEP_ALIVE,
            HEALTH_MAX_WAIT,
            CLOUDWATCH_METRICS,
            ENDPOINT,
            REGION,
            LOG_LEVEL,
            LOG_FORMAT,
            CONFIG_FILE);

    private ConsumerSettings() {}

    /** RETRIEVAL_MODE. */
    public enum RetrievalMode {
        POLLING,
        FANOUT
    }

    /** DECODE_RECORDS. */
    public enum RecordDecoder {
        OWN,
        SDK
    }

    /** CLOUDWATCH_METRICS. */
    public enum CloudWatchLevel {
        NONE,
        SUMMARY,
        DETAILED
    }
}
