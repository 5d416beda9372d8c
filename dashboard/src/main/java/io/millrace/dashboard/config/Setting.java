package io.millrace.dashboard.config;

import io.millrace.service.http.KeepAlive;

/**
 * Every setting of the dashboard, named as its environment variable. {@code --help}, {@code --check-config} and the
 * README's table are all made from this list.
 */
public enum Setting {
    DASHBOARD_PORT("8010", "TCP port to listen on; 0 picks a free one", "a whole number from 0 to 65535"),
    DASHBOARD_HOST(
            "127.0.0.1",
            "address to listen on; one that others can reach needs DASHBOARD_AUTH or DASHBOARD_ALLOW_OPEN",
            "a host name or an IP address of this machine"),
    DASHBOARD_AUTH(
            "none",
            "who may read: everyone, who knows the password, or whom a proxy vouches for",
            "none, basic or proxy"),
    DASHBOARD_USER("millrace", "user name for DASHBOARD_AUTH=basic", "a name without a colon"),
    DASHBOARD_PASSWORD(
            "", "password for DASHBOARD_AUTH=basic", "at least 8 characters where DASHBOARD_AUTH is basic", true),
    DASHBOARD_PROXY_HEADER(
            "X-Forwarded-User", "header with the user's name for DASHBOARD_AUTH=proxy", "the name of an HTTP header"),
    DASHBOARD_TRUSTED_PROXIES(
            "127.0.0.1,::1", "addresses whose DASHBOARD_PROXY_HEADER is believed", "IP addresses separated by commas"),
    DASHBOARD_ALLOW_OPEN(
            "false",
            "listen on any address without authentication: whoever reaches it reads everything",
            "true or false"),
    DASHBOARD_ALLOWED_HOSTS(
            "",
            "names under which browsers may reach the dashboard, beside localhost, IP addresses and DASHBOARD_HOST",
            "host names separated by commas"),
    DASHBOARD_STREAMS("*", "streams that may be seen; * stands for any text", "names or patterns separated by commas"),
    DASHBOARD_BUCKETS("*", "buckets that may be seen; * stands for any text", "names or patterns separated by commas"),
    STREAM_NAME("stage01-logs-stream", "stream that the page shows first", "a stream's name"),
    TARGET_BUCKET("md-raw-logs", "bucket that the page and the log search use first", "a bucket's name"),
    APPLICATION_NAME(
            "millrace-consumer",
            "the consumer's APPLICATION_NAME; its leases are in the table `<APPLICATION_NAME>-leases`",
            "3 to 128 letters, digits, `_`, `.`, `-`"),
    CONSUMER_STATUS_URLS(
            "http://localhost:8011",
            "status servers of the consumers",
            "http or https URLs separated by commas, or none"),
    HTTP_KEEP_ALIVE(
            String.valueOf(KeepAlive.DEFAULT_SECONDS),
            KeepAlive.MEANING,
            "a whole number from 1 to " + KeepAlive.MAX_SECONDS),
    DASHBOARD_MAX_TAILS(
            "16", "live tails at the same time; more are answered with 503", "a whole number from 1 to 200"),
    DASHBOARD_INDEX_LISTS_PER_SECOND(
            "10",
            "S3 list calls a second, at most, that look for changes in what is indexed already",
            "a whole number from 1 to 1000"),
    ALERT_FRESHNESS(
            "300",
            "alert when the oldest event that is not in the lake yet is older, in seconds",
            "a whole number from 1 to 86400"),
    ALERT_STUCK(
            "180",
            "alert when a shard with records waiting has not committed for this long, in seconds",
            "a whole number from 1 to 86400"),
    ALERT_OWNER_SWITCHES(
            "4",
            "alert when a shard changes owner more often than this in ten minutes",
            "a whole number from 1 to 1000"),
    ALERT_SMALL_FILE_BYTES("1048576", "objects below this size count as small", "a whole number from 1 to 1073741824"),
    ALERT_SMALL_FILES(
            "100",
            "alert when a service has more small objects than this in one hour",
            "a whole number from 1 to 1000000"),
    ALERT_WEBHOOK_URL(
            "", "where alerts are posted as JSON when they start and end", "an http or https URL, or empty", true),
    AWS_ENDPOINT_URL("", "endpoint of all AWS services; not set or empty for AWS itself", "an http or https URL"),
    AWS_DEFAULT_REGION("us-east-1", "AWS region; AWS_REGION is read where this is not set", "an AWS region's name"),
    LOG_LEVEL("INFO", "how much is logged", "TRACE, DEBUG, INFO, WARN or ERROR"),
    LOG_FORMAT("text", "how log lines look", "text or json"),
    CONFIG_FILE(
            "", "a properties file with these names; environment variables win over it", "a readable file, or empty");

    private final String defaultValue;
    private final String description;
    private final String allowed;
    private final boolean secret;

    Setting(String defaultValue, String description, String allowed) {
        this(defaultValue, description, allowed, false);
    }

    Setting(String defaultValue, String description, String allowed, boolean secret) {
        this.defaultValue = defaultValue;
        this.description = description;
        this.allowed = allowed;
        this.secret = secret;
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }

    /** What a value may be, in words that complete "must be …". */
    public String allowed() {
        return allowed;
    }

    /** Whether the value must not be shown. */
    public boolean secret() {
        return secret;
    }
}
