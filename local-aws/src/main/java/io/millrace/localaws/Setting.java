package io.millrace.localaws;

import java.util.List;

/** What can be set, by an option on the command line, by a variable, or in the file that CONFIG_FILE names. */
enum Setting {
    PORT("N", "4566", "port to serve on; 0 picks a free one"),
    BIND("ADDRESS", "127.0.0.1", "address to listen on; 0.0.0.0 lets other machines in"),
    TLS_PORT("N", "", "serve on this port too, by TLS, with a self-signed certificate made at start (Amazon's KPL)"),
    DATA_DIR("DIR", "", "where S3's objects stay, as plain files; none: a temporary folder, gone at exit"),
    INIT("", "false", "make Millrace's streams and buckets, and those that the next five name"),
    STREAM_NAME("NAME", "", "a stream to make with --init"),
    KINESIS_STREAM_NAME("NAME", "", "another one, or its ARN"),
    TARGET_BUCKET("NAME", "", "a bucket to make with --init"),
    STREAMS("PAIRS", "", "stream:bucket pairs to make with --init, commas between"),
    SHARD_COUNT("N", "1", "the shards of each stream made with --init"),
    MAX_BYTES("N", "", "bytes of records that Kinesis holds, the oldest go first; none: half of the heap"),
    SHARD_LIMITS("", "false", "throttle each shard as AWS does: 1 MB/s and 1,000 records/s in, 2 MB/s out"),
    READ_LIMITS("", "false", "of these limits only those on what comes out of a shard"),
    FAULT_SEED("N", "42", "what the chances of faults are drawn from"),
    HTTP_KEEP_ALIVE("SECONDS", "75", "how long an idle connection stays open, 1 to 3600"),
    LOG_LEVEL("LEVEL", "INFO", "TRACE, DEBUG, INFO, WARN or ERROR"),
    LOG_FORMAT("FORMAT", "text", "text or json");

    private static final List<Setting> COMMON = List.of(
            STREAM_NAME,
            KINESIS_STREAM_NAME,
            TARGET_BUCKET,
            STREAMS,
            SHARD_COUNT,
            HTTP_KEEP_ALIVE,
            LOG_LEVEL,
            LOG_FORMAT);

    private final String placeholder;
    private final String defaultText;
    private final String meaning;

    Setting(String placeholder, String defaultText, String meaning) {
        this.placeholder = placeholder;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** The environment variable; those that all of Millrace's processes share have no prefix. */
    String variable() {
        return COMMON.contains(this) ? name() : "LOCAL_AWS_" + name();
    }

    String option() {
        return "--" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whether the option stands alone on the command line. */
    boolean isSwitch() {
        return placeholder.isEmpty();
    }

    String defaultText() {
        return defaultText;
    }

    String help() {
        String shown = defaultText.isEmpty() || isSwitch() ? "" : " (" + defaultText + ")";
        return "  %-22s %s%s%n".formatted(isSwitch() ? option() : option() + " " + placeholder, meaning, shown);
    }
}
