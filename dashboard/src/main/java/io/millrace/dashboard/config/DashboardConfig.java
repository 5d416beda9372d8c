package io.millrace.dashboard.config;

import static io.millrace.dashboard.config.DashboardSettings.*;

import io.millrace.dashboard.event.FieldNames;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SharedSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * The dashboard's checked configuration. {@link DashboardSettings} describes each value.
 *
 * @param port 0 for any free port
 * @param allowedHosts names in a request's Host header beside localhost, IP addresses and {@code host}; lower case
 * @param fields where events name their service and hold their time
 * @param leaseTable the DynamoDB table with the consumer's leases
 * @param consumers each with the path of its status document
 * @param httpKeepAlive how long an idle connection stays open
 * @param indexListsPerSecond bound on looking again at what is indexed
 * @param awsEndpoint empty for AWS itself
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
        FieldNames fields,
        String leaseTable,
        List<URI> consumers,
        Duration httpKeepAlive,
        int maxTails,
        int indexListsPerSecond,
        AlertLimits alerts,
        Optional<URI> awsEndpoint,
        Region region,
        LogLevel logLevel,
        LogFormat logFormat) {

    /** What the consumer puts behind its application's name. */
    private static final String LEASE_TABLE_SUFFIX = "-leases";

    /** Reads everything; {@link SettingReader#problems} says what was wrong, and then the result is not to be used. */
    public static DashboardConfig read(SettingReader settings) {
        String host = settings.get(HOST);
        return new DashboardConfig(
                host,
                settings.get(PORT),
                new AccessReader(settings).authentication(host),
                settings.find(ALLOWED_HOSTS).orElse(List.of()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                settings.get(STREAMS),
                settings.get(BUCKETS),
                settings.get(STREAM_NAME),
                settings.get(TARGET_BUCKET),
                new FieldNames(
                        settings.get(SharedSettings.SERVICE_FIELD), settings.get(SharedSettings.TIMESTAMP_FIELD)),
                settings.get(SharedSettings.APPLICATION_NAME) + LEASE_TABLE_SUFFIX,
                settings.get(CONSUMER_STATUS_URLS),
                settings.get(SharedSettings.HTTP_KEEP_ALIVE),
                settings.get(MAX_TAILS),
                settings.get(INDEX_LISTS_PER_SECOND),
                new AlertLimits(
                        settings.get(FRESHNESS),
                        settings.get(STUCK),
                        settings.get(OWNER_SWITCHES),
                        settings.get(SMALL_FILE_BYTES),
                        settings.get(SMALL_FILES),
                        settings.find(WEBHOOK_URL)),
                settings.find(SharedSettings.ENDPOINT),
                Region.of(settings.get(REGION)),
                settings.get(SharedSettings.LOG_LEVEL),
                settings.get(SharedSettings.LOG_FORMAT));
    }

    /** @throws io.millrace.settings.SettingsException with all problems, not only the first */
    public static DashboardConfig load(Map<String, String> environment) {
        SettingReader settings = new SettingReader(environment, ALL);
        DashboardConfig config = read(settings);
        settings.requireNoProblem();
        return config;
    }
}
