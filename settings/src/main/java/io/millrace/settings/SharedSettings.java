package io.millrace.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The settings that several processes have: one name, one grammar, one default. */
public final class SharedSettings {

    /** Kinesis: 1 to 128 of these (API reference, CreateStream). */
    public static final String STREAM = "[a-zA-Z0-9_.-]{1,128}";

    /** S3: 3 to 63 lower-case letters, digits, dots and hyphens (user guide, Bucket naming rules). */
    public static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

    /** A field's name, or a dotted path to a nested one. */
    public static final String FIELD = "[^.\\s]+(\\.[^.\\s]+)*";

    public static final Setting<URI> ENDPOINT = Settings.url(
            "AWS_ENDPOINT_URL",
            "The endpoint of all AWS services, for development. Without it, or when it is empty, AWS itself is used. If"
                    + " your credentials come from STS, leave it unset: the AWS SDK reads it there too, and fails on an"
                    + " empty one.");

    /** Without a default: a process either adds one or leaves the region to the SDK. */
    public static final Setting<String> REGION = Settings.text(
                    "AWS_REGION",
                    "The AWS region. AWS_REGION wins over AWS_DEFAULT_REGION, as in the AWS SDK and CLI.",
                    "the name of a region, for example us-east-1",
                    "[a-z0-9-]{2,40}")
            .or("AWS_DEFAULT_REGION");

    public static final Setting<String> STREAM_NAME = Settings.text(
                    "STREAM_NAME",
                    "The Kinesis stream.",
                    "the name of a stream: 1 to 128 letters, digits, `_`, `.`, `-`",
                    STREAM)
            .orElse("stage01-logs-stream");

    public static final Setting<String> TARGET_BUCKET = Settings.text(
                    "TARGET_BUCKET",
                    "The S3 bucket that the events of STREAM_NAME go to.",
                    "the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens",
                    BUCKET)
            .orElse("md-raw-logs");

    public static final Setting<String> APPLICATION_NAME = Settings.text(
                    "APPLICATION_NAME",
                    "The APPLICATION_NAME of the consumer. The leases are in the table `<APPLICATION_NAME>-leases`.",
                    "3 to 128 letters, digits, `_`, `.`, `-`, not ending with `-leases`",
                    "[a-zA-Z0-9_.-]{3,128}(?<!-leases)") // it would be another application's lease table
            .orElse("millrace-consumer");

    public static final Setting<String> SERVICE_FIELD = Settings.text(
                    "SERVICE_FIELD",
                    "The field of an event that names its service. A dotted path reaches into nested objects.",
                    "the name of a field, or a dotted path",
                    FIELD)
            .orElse("service");

    public static final Setting<String> TIMESTAMP_FIELD = Settings.text(
                    "TIMESTAMP_FIELD",
                    "The field of an event that holds its time. A dotted path reaches into nested objects.",
                    "the name of a field, or a dotted path",
                    FIELD)
            .orElse("timestamp");

    /** AWS's load balancers reuse a connection for 60 s (Application Load Balancers, idle timeout). */
    public static final Setting<Duration> HTTP_KEEP_ALIVE = Settings.duration(
                    "HTTP_KEEP_ALIVE",
                    "How long an HTTP server keeps an idle connection open. Keep it longer than the idle timeout of the load"
                            + " balancer in front (60s by default). If the server closes first, the load balancer may send"
                            + " a request into the closing connection and answer its client with 502.",
                    "1s",
                    "1h")
            .orElse("75s");

    public static final Setting<LogLevel> LOG_LEVEL = Settings.oneOf(
                    "LOG_LEVEL",
                    "The process logs lines of this level and of those before it in the list.",
                    LogLevel.class)
            .orElse("info");

    public static final Setting<LogFormat> LOG_FORMAT = Settings.oneOf(
                    "LOG_FORMAT", "Lines for people, or one JSON object a line for machines.", LogFormat.class)
            .orElse("text");

    public static final Setting<Path> CONFIG_FILE = Settings.path(
            "CONFIG_FILE",
            "A properties file with settings under the same names. An environment variable wins over the file. Several"
                    + " Millrace processes may share one file.",
            "the path of a readable properties file in UTF-8, at most 1 MiB");

    private SharedSettings() {}
}
