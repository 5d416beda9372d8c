package io.millrace.dashboard.config;

import io.millrace.service.http.KeepAlive;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * The dashboard's checked configuration. {@link Setting} describes each value.
 *
 * @param port 0 for any free port
 * @param allowedHosts names in a request's Host header beside localhost, IP addresses and {@code host}; lower case
 * @param leaseTable the DynamoDB table with the consumer's leases
 * @param consumers each with the path of its status document
 * @param httpKeepAlive how long an idle connection stays open
 * @param indexListsPerSecond bound on looking again at what is indexed
 * @param awsEndpoint empty for AWS itself
 * @param effective every setting as text, for people; secrets included
 */
public record DashboardConfig(
        String host,
        int port,
        Authentication authentication,
        Set<String> allowedHosts,
        AllowList streams,
        AllowList buckets,
        String defaultStream,
        String defaultBucket,
        String leaseTable,
        List<URI> consumers,
        Duration httpKeepAlive,
        int maxTails,
        int indexListsPerSecond,
        AlertLimits alerts,
        Optional<URI> awsEndpoint,
        Region region,
        String logLevel,
        String logFormat,
        Map<Setting, String> effective) {

    private static final int MAX_SECONDS = 86_400;

    /** What the consumer puts behind its application's name. */
    private static final String LEASE_TABLE_SUFFIX = "-leases";

    /**
     * Reads and checks everything.
     *
     * @throws ConfigException with all problems, not only the first
     */
    public static DashboardConfig load(Map<String, String> environment) throws ConfigException {
        SettingReader reader = new SettingReader(environment);
        AccessReader access = new AccessReader(reader);
        String host = reader.text(Setting.DASHBOARD_HOST);
        DashboardConfig config = new DashboardConfig(
                host,
                reader.integer(Setting.DASHBOARD_PORT, 0, 65_535),
                access.authentication(host),
                access.allowedHosts(),
                AllowList.of(reader.text(Setting.DASHBOARD_STREAMS)),
                AllowList.of(reader.text(Setting.DASHBOARD_BUCKETS)),
                reader.matching(Setting.STREAM_NAME, "[A-Za-z0-9_.-]{1,128}"),
                reader.matching(Setting.TARGET_BUCKET, "[A-Za-z0-9_.-]{3,255}"),
                reader.matching(Setting.APPLICATION_NAME, "[A-Za-z0-9_.-]{3,128}") + LEASE_TABLE_SUFFIX,
                reader.urls(Setting.CONSUMER_STATUS_URLS).stream()
                        .map(DashboardConfig::statusDocument)
                        .toList(),
                Duration.ofSeconds(reader.integer(Setting.HTTP_KEEP_ALIVE, 1, KeepAlive.MAX_SECONDS)),
                reader.integer(Setting.DASHBOARD_MAX_TAILS, 1, 200),
                reader.integer(Setting.DASHBOARD_INDEX_LISTS_PER_SECOND, 1, 1000),
                alerts(reader),
                reader.url(Setting.AWS_ENDPOINT_URL),
                Region.of(reader.matching(Setting.AWS_DEFAULT_REGION, "[a-z0-9-]{1,40}", "AWS_REGION")),
                reader.choice(Setting.LOG_LEVEL, "TRACE", "DEBUG", "INFO", "WARN", "ERROR"),
                reader.choice(Setting.LOG_FORMAT, "text", "json"),
                reader.effective());
        if (!reader.problems().isEmpty()) {
            throw new ConfigException(reader.problems());
        }
        return config;
    }

    private static AlertLimits alerts(SettingReader reader) {
        return new AlertLimits(
                Duration.ofSeconds(reader.integer(Setting.ALERT_FRESHNESS, 1, MAX_SECONDS)),
                Duration.ofSeconds(reader.integer(Setting.ALERT_STUCK, 1, MAX_SECONDS)),
                reader.integer(Setting.ALERT_OWNER_SWITCHES, 1, 1000),
                reader.integer(Setting.ALERT_SMALL_FILE_BYTES, 1, 1 << 30),
                reader.integer(Setting.ALERT_SMALL_FILES, 1, 1_000_000),
                reader.url(Setting.ALERT_WEBHOOK_URL));
    }

    /** {@code http://host:8011} stands for {@code http://host:8011/status}. */
    private static URI statusDocument(URI url) {
        boolean bare = url.getPath() == null
                || url.getPath().isEmpty()
                || url.getPath().equals("/");
        return bare ? url.resolve("/status") : url;
    }

    /** One {@code NAME=value} a line, in the order of {@link Setting}; secrets are hidden. */
    public String describe() {
        return effective.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + shown(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String shown(Setting setting, String value) {
        return setting.secret() && !value.isEmpty() ? "(hidden)" : value;
    }
}
