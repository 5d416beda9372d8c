package io.millrace.dashboard.config;

/**
 * Every setting of the dashboard, named as its environment variable. {@code --help}, {@code --check-config} and the
 * README's table are all made from this list.
 */
public enum Setting {
    DASHBOARD_PORT("8010", "TCP port to listen on; 0 picks a free one", "a whole number from 0 to 65535"),
    DASHBOARD_HOST("127.0.0.1", "address to listen on", "a host name or an IP address"),
    AWS_ENDPOINT_URL("", "endpoint of all AWS services; empty for AWS itself", "an http or https URL, or empty"),
    AWS_DEFAULT_REGION("us-east-1", "AWS region; AWS_REGION is read where this is not set", "an AWS region's name"),
    LOG_LEVEL("INFO", "how much is logged", "TRACE, DEBUG, INFO, WARN or ERROR"),
    LOG_FORMAT("text", "how log lines look", "text or json"),
    CONFIG_FILE(
            "", "a properties file with these names; environment variables win over it", "a readable file, or empty");

    private final String defaultValue;
    private final String description;
    private final String allowed;

    Setting(String defaultValue, String description, String allowed) {
        this.defaultValue = defaultValue;
        this.description = description;
        this.allowed = allowed;
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
}
