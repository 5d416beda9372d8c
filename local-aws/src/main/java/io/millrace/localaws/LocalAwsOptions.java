package io.millrace.localaws;

import static io.millrace.settings.SharedSettings.BUCKET;
import static io.millrace.settings.SharedSettings.STREAM;

import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.Pairs;
import io.millrace.settings.Setting;
import io.millrace.settings.Settings;
import io.millrace.settings.SharedSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every setting of local-aws, in the order in which the reference lists them; each is an option too. */
final class LocalAwsOptions {

    static final Setting<Integer> PORT = Settings.integer(
                    "LOCAL_AWS_PORT", "The port to serve on. 0 picks a free port and logs it.", 0, 65_535)
            .or("--port")
            .takes("N")
            .orElse("4566");

    static final Setting<String> BIND = Settings.text(
                    "LOCAL_AWS_BIND",
                    "The address to listen on. `0.0.0.0` lets other machines in.",
                    "an address or host name of this machine",
                    "[^\\s/]{1,255}")
            .or("--bind")
            .takes("ADDRESS")
            .orElse("127.0.0.1");

    static final Setting<Integer> TLS_PORT = Settings.integer(
                    "LOCAL_AWS_TLS_PORT",
                    "Serve on this port too, by TLS, with a self-signed certificate that is made at the start. Amazon's"
                            + " Kinesis Producer Library needs it.",
                    0,
                    65_535)
            .or("--tls-port")
            .takes("N");

    static final Setting<Path> DATA_DIR = Settings.path(
                    "LOCAL_AWS_DATA_DIR",
                    "Where the objects of S3 stay, as plain files. Without it, they are in a temporary folder that is"
                            + " removed at the exit.",
                    "a folder")
            .or("--data-dir")
            .takes("DIR");

    static final Setting<Boolean> INIT = Settings.flag(
                    "LOCAL_AWS_INIT",
                    "Make Millrace's streams and buckets, and those that STREAM_NAME, KINESIS_STREAM_NAME,"
                            + " TARGET_BUCKET and STREAMS name.")
            .or("--init")
            .orElse("false");

    static final Setting<List<String>> STREAM_NAME = Settings.list(
                    "STREAM_NAME", "Streams to make with --init.", "names of streams", STREAM)
            .or("--stream-name")
            .takes("NAME");

    static final Setting<List<String>> KINESIS_STREAM_NAME = Settings.list(
                    "KINESIS_STREAM_NAME",
                    "More streams to make with --init, by name or ARN.",
                    "names or ARNs of streams",
                    "(arn:.*/)?" + STREAM)
            .or("--kinesis-stream-name")
            .takes("NAME");

    static final Setting<List<String>> TARGET_BUCKET = Settings.list(
                    "TARGET_BUCKET", "Buckets to make with --init.", "names of buckets", BUCKET)
            .or("--target-bucket")
            .takes("NAME");

    static final Setting<Map<String, String>> STREAMS = Settings.of(
                    "STREAMS",
                    "Streams with their buckets to make with --init.",
                    "stream:bucket pairs, with commas between",
                    text -> Pairs.parse(text, ":", STREAM, BUCKET))
            .or("--streams")
            .takes("PAIRS");

    static final Setting<Integer> SHARD_COUNT = Settings.integer(
                    "SHARD_COUNT", "How many shards each stream has that --init makes.", 1, 1000)
            .or("--shard-count")
            .takes("N")
            .orElse("1");

    static final Setting<Long> MAX_BYTES = Settings.bytes(
                    "LOCAL_AWS_MAX_BYTES",
                    "The most bytes of records that Kinesis holds. At this limit, the oldest records go. Without it,"
                            + " the limit is half of the heap.",
                    "1",
                    "1TiB")
            .or("--max-bytes")
            .takes("N");

    static final Setting<Boolean> SHARD_LIMITS = Settings.flag(
                    "LOCAL_AWS_SHARD_LIMITS",
                    "Throttle each shard as AWS does: 1 MB/s and 1,000 records/s in, 2 MB/s out.")
            .or("--shard-limits")
            .orElse("false");

    static final Setting<Boolean> READ_LIMITS = Settings.flag(
                    "LOCAL_AWS_READ_LIMITS", "Throttle only what comes out of a shard.")
            .or("--read-limits")
            .orElse("false");

    static final Setting<Duration> HTTP_KEEP_ALIVE =
            SharedSettings.HTTP_KEEP_ALIVE.or("--http-keep-alive").takes("TIME");

    static final Setting<Long> FAULT_SEED = Settings.number(
                    "LOCAL_AWS_FAULT_SEED",
                    "The seed of the random numbers that decide which calls a fault hits.",
                    Long.MIN_VALUE,
                    Long.MAX_VALUE)
            .or("--fault-seed")
            .takes("N")
            .orElse("42");

    static final Setting<LogLevel> LOG_LEVEL =
            SharedSettings.LOG_LEVEL.or("--log-level").takes("LEVEL");

    static final Setting<LogFormat> LOG_FORMAT =
            SharedSettings.LOG_FORMAT.or("--log-format").takes("FORMAT");

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(
            PORT,
            BIND,
            TLS_PORT,
            DATA_DIR,
            INIT,
            STREAM_NAME,
            KINESIS_STREAM_NAME,
            TARGET_BUCKET,
            STREAMS,
            SHARD_COUNT,
            MAX_BYTES,
            SHARD_LIMITS,
            READ_LIMITS,
            FAULT_SEED,
            HTTP_KEEP_ALIVE,
            LOG_LEVEL,
            LOG_FORMAT,
            SharedSettings.CONFIG_FILE);

    private LocalAwsOptions() {}
}
