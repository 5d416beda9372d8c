package io.millrace.consumer.config;

import static io.millrace.pipeline.LakeSettings.*;

import io.millrace.consumer.lease.InitialPosition;
import io.millrace.settings.Pairs;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every setting of the consumer, in the order in which the reference lists them. */
public final class ConsumerSettings {

    /** Kinesis: 1 to 128 of these (API reference, CreateStream). */
    private static final String STREAM = "[a-zA-Z0-9_.-]{1,128}";

    public static final Setting<String> REGION = Settings.text(
            "AWS_REGION",
            "The AWS region; AWS_DEFAULT_REGION serves too. With neither, the SDK's own chain decides, and `us-east-1`"
                    + " holds with AWS_ENDPOINT_URL.",
            "a region's name, as us-east-1",
            "[a-z0-9-]{3,40}");

    public static final Setting<String> DEFAULT_REGION = Settings.text(
            "AWS_DEFAULT_REGION",
            "The same under its older name; AWS_REGION wins.",
            "a region's name, as us-east-1",
            "[a-z0-9-]{3,40}");

    public static final Setting<String> STREAM_NAME = Settings.text(
                    "STREAM_NAME",
                    "The Kinesis stream to read; it is waited for while it does not exist.",
                    "a stream's name: letters, digits, `_`, `.`, `-`, at most 128",
                    STREAM)
            .orElse("stage01-logs-stream");

    public static final Setting<Map<String, String>> STREAMS = Settings.of(
            "STREAMS",
            "Several streams with their buckets, read by one process; instead of STREAM_NAME and TARGET_BUCKET. All"
                    + " must exist when the process starts, or it waits for the rest.",
            "stream:bucket pairs with commas between",
            text -> Pairs.parse(text, ":", STREAM, BUCKET));

    public static final Setting<String> APPLICATION_NAME = Settings.text(
                    "APPLICATION_NAME",
                    "The application's name: its leases are in the DynamoDB table `<APPLICATION_NAME>-leases`, and its fan-out"
                            + " consumer has this name. Workers with the same name share the work.",
                    "3 to 128 letters, digits, `_`, `.`, `-`, not ending with `-leases`",
                    "[a-zA-Z0-9_.-]{3,128}(?<!-leases)") // it would be another application's lease table
            .orElse("millrace-consumer");

    public static final Setting<String> WORKER_ID = Settings.text(
            "WORKER_ID",
            "This worker's name among those that share the work. Keep it stable: a worker that is restarted under its"
                    + " name takes its leases again at once. Give each its own: two live processes with one name are"
                    + " safe, but take leases from each other, and `/ready` says so. By default the host's name and"
                    + " STATUS_PORT.",
            "1 to 255 characters that the process's locale knows (with LC_ALL=C.UTF-8 all), no spaces",
            "[^\\s\\uFFFD]{1,255}"); // Java reads others as U+FFFD, so that two names could become one

    public static final Setting<InitialPosition> INITIAL_POSITION = Settings.of(
                    "INITIAL_POSITION",
                    "Where to start in a stream that this application has never read.",
                    "TRIM_HORIZON (the oldest record), LATEST, or an ISO-8601 time, as 2026-01-31T00:00:00Z",
                    InitialPosition::parse)
            .orElse("TRIM_HORIZON");

    public static final Setting<RetrievalMode> RETRIEVAL_MODE = Settings.oneOf(
                    "RETRIEVAL_MODE",
                    "How records are read: polling shares 2 MB/s a shard among all readers; fanout (enhanced fan-out,"
                            + " billed by AWS) has its own 2 MB/s and lower latency.",
                    RetrievalMode.class)
            .orElse("polling");

    public static final Setting<Duration> POLL_INTERVAL = Settings.seconds(
                    "POLL_INTERVAL",
                    "The wait between two reads of a shard that holds nothing more. A shard that is behind is read up to"
                            + " five times a second, Kinesis's limit, and from its first refusal on at the 2 MB a second"
                            + " that it gives.",
                    "0.2",
                    "60")
            .orElse("0.5");

    public static final Setting<Integer> BATCH_SIZE = Settings.integer(
                    "BATCH_SIZE", "The most records that one read (GetRecords) may bring.", 1, 10_000)
            .orElse("2000");

    public static final Setting<Long> MAX_INTAKE_BYTES = Settings.bytes(
                    "MAX_INTAKE_BYTES",
                    "The most bytes of records read but not yet taken over by the buffers, all shards together. One read"
                            + " can bring 10 MiB, so that many is the least.",
                    "10M",
                    "4G")
            .orElse("20M");

    public static final Setting<Duration> FLUSH_INTERVAL = Settings.seconds(
                    "FLUSH_INTERVAL",
                    "The longest an event waits in the buffer before its batch is written. Shorter means fresher data in"
                            + " more and smaller objects.",
                    "0.2",
                    "3600")
            .orElse("60");

    public static final Setting<Long> FLUSH_BYTES = Settings.bytes(
                    "FLUSH_BYTES", "A shard's batch is written when it holds this many bytes.", "1K", "1G")
            .orElse("16M");

    public static final Setting<Integer> FLUSH_RECORDS = Settings.integer(
                    "FLUSH_RECORDS",
                    "A shard's batch is written when it holds this many Kinesis records.",
                    1,
                    10_000_000)
            .orElse("200000");

    public static final Setting<Long> MAX_BUFFER_BYTES = Settings.bytes(
                    "MAX_BUFFER_BYTES",
                    "The most memory that the buffers of all shards take together; at the limit the largest are written"
                            + " early and reading waits. A single record, or a batch to be repeated, may be larger.",
                    "1M",
                    "64G")
            .orElse("48M");

    public static final Setting<String> DEDUPE_FIELD = Settings.text(
            "DEDUPE_FIELD",
            "The event's field that holds its id, to drop the copies that a producer's retry makes; empty: off.",
            "a field's name or dotted path",
            FIELD);

    public static final Setting<Duration> FAILOVER_TIME = Settings.seconds(
                    "FAILOVER_TIME", "How long a worker may be silent before others take its shards over.", "3", "300")
            .orElse("10");

    public static final Setting<Duration> SHUTDOWN_TIMEOUT = Settings.seconds(
                    "SHUTDOWN_TIMEOUT",
                    "How long SIGTERM waits for buffers to be committed; what is not, the next worker reads again.",
                    "1",
                    "600")
            .orElse("25");

    public static final Setting<Duration> HEALTH_MAX_WAIT = Settings.seconds(
                    "HEALTH_MAX_WAIT",
                    "`/health` fails when a record has waited this long in the buffer although AWS answers; at"
                            + " least twice FLUSH_INTERVAL.",
                    "1",
                    "86400")
            .orElse("300");

    public static final Setting<Integer> STATUS_PORT = Settings.integer(
                    "STATUS_PORT",
                    "The port of /health, /ready, /metrics and /status; 0 picks a free one and logs it.",
                    0,
                    65_535)
            .orElse("8011");

    public static final Setting<String> STATUS_HOST = Settings.text(
                    "STATUS_HOST",
                    "The address that port listens on; `0.0.0.0` in a container.",
                    "an address or host name of this machine",
                    "[^\\s/]{1,255}")
            .orElse("127.0.0.1");

    public static final Setting<CloudWatchLevel> CLOUDWATCH_METRICS = Settings.oneOf(
                    "CLOUDWATCH_METRICS",
                    "Which of KCL's own metrics go to CloudWatch (billed by AWS); not allowed with AWS_ENDPOINT_URL.",
                    CloudWatchLevel.class)
            .orElse("none");

    public static final Setting<LogLevel> LOG_LEVEL = Settings.oneOf(
                    "LOG_LEVEL",
                    "What this program logs at least; KCL and the AWS SDK log warnings only, unless this is debug.",
                    LogLevel.class)
            .orElse("info");

    public static final Setting<LogFormat> LOG_FORMAT = Settings.oneOf(
                    "LOG_FORMAT", "Lines for people, or one JSON object a line for machines.", LogFormat.class)
            .orElse("text");

    public static final Setting<Path> CONFIG_FILE = SettingReader.CONFIG_FILE;

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
            HEALTH_MAX_WAIT,
            CLOUDWATCH_METRICS,
            ENDPOINT,
            REGION,
            DEFAULT_REGION,
            LOG_LEVEL,
            LOG_FORMAT,
            CONFIG_FILE);

    private ConsumerSettings() {}

    public enum RetrievalMode {
        POLLING,
        FANOUT
    }

    public enum CloudWatchLevel {
        NONE,
        SUMMARY,
        DETAILED
    }

    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public enum LogFormat {
        TEXT,
        JSON
    }
}
