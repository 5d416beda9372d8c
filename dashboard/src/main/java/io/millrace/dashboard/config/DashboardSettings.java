package io.millrace.dashboard.config;

import static io.millrace.settings.SharedSettings.*;

import io.millrace.settings.Setting;
import io.millrace.settings.Settings;
import io.millrace.settings.SharedSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Every setting of the dashboard, in the order in which the reference lists them. */
public final class DashboardSettings {

    static final Setting<Integer> PORT = Settings.integer(
                    "DASHBOARD_PORT", "The port to listen on. 0 picks a free port and logs it.", 0, 65_535)
            .orElse("8010");

    static final Setting<String> HOST = Settings.text(
                    "DASHBOARD_HOST",
                    "The address to listen on. An address that others can reach needs DASHBOARD_AUTH or"
                            + " DASHBOARD_ALLOW_OPEN.",
                    "an address or host name of this machine",
                    "[^\\s/]{1,255}")
            .orElse("127.0.0.1");

    static final Setting<Auth> AUTH = Settings.oneOf(
                    "DASHBOARD_AUTH",
                    "Who may read: everyone (none), who knows the password (basic), or whom a proxy has authenticated"
                            + " (proxy).",
                    Auth.class)
            .orElse("none");

    static final Setting<String> USER = Settings.text(
                    "DASHBOARD_USER",
                    "The user name for DASHBOARD_AUTH=basic.",
                    "1 to 100 characters without a colon",
                    "[^:]{1,100}")
            .orElse("millrace");

    static final Setting<String> PASSWORD = Settings.text(
                    "DASHBOARD_PASSWORD", "The password for DASHBOARD_AUTH=basic.", "at least 8 characters", ".{8,}")
            .hidden();

    static final Setting<String> PROXY_HEADER = Settings.text(
                    "DASHBOARD_PROXY_HEADER",
                    "The header in which the proxy names the user, for DASHBOARD_AUTH=proxy.",
                    "the name of an HTTP header",
                    "[A-Za-z0-9-]{1,100}")
            .orElse("X-Forwarded-User");

    static final Setting<List<String>> TRUSTED_PROXIES = Settings.of(
                    "DASHBOARD_TRUSTED_PROXIES",
                    "The addresses from which DASHBOARD_PROXY_HEADER is believed.",
                    "IP addresses, with commas between",
                    text -> Settings.parts(text).stream()
                            .map(DashboardSettings::address)
                            .toList())
            .orElse("127.0.0.1,::1");

    static final Setting<Boolean> ALLOW_OPEN = Settings.flag(
                    "DASHBOARD_ALLOW_OPEN",
                    "Listen on any address without authentication. Whoever reaches the port reads everything.")
            .orElse("false");

    static final Setting<List<String>> ALLOWED_HOSTS = Settings.list(
            "DASHBOARD_ALLOWED_HOSTS",
            "The names under which browsers may reach the dashboard, beside localhost, IP addresses and"
                    + " DASHBOARD_HOST.",
            "host names",
            "[^\\s/]{1,255}");

    static final Setting<AllowList> STREAMS = Settings.of(
                    "DASHBOARD_STREAMS",
                    "The streams that may be seen. `*` stands for any text.",
                    "names or patterns, with commas between",
                    AllowList::of)
            .orElse("*");

    static final Setting<AllowList> BUCKETS = Settings.of(
                    "DASHBOARD_BUCKETS",
                    "The buckets that may be seen. `*` stands for any text.",
                    "names or patterns, with commas between",
                    AllowList::of)
            .orElse("*");

    static final Setting<String> STREAM_NAME =
            SharedSettings.STREAM_NAME.meaning("The stream that the page shows first.");

    static final Setting<String> TARGET_BUCKET =
            SharedSettings.TARGET_BUCKET.meaning("The bucket that the page and the log search use first.");

    static final Setting<List<URI>> CONSUMER_STATUS_URLS = Settings.of(
                    "CONSUMER_STATUS_URLS",
                    "The status servers of the consumers.",
                    "http:// or https:// URLs without a password, with commas between, or none",
                    DashboardSettings::consumers)
            .orElse("http://localhost:8011");

    static final Setting<Integer> MAX_TAILS = Settings.integer(
                    "DASHBOARD_MAX_TAILS", "The most live tails at the same time. More are answered with 503.", 1, 200)
            .orElse("16");

    static final Setting<Integer> INDEX_LISTS_PER_SECOND = Settings.integer(
                    "DASHBOARD_INDEX_LISTS_PER_SECOND",
                    "The most S3 list calls a second that look for changes in what is indexed already.",
                    1,
                    1000)
            .orElse("10");

    static final Setting<Duration> FRESHNESS = Settings.duration(
                    "ALERT_FRESHNESS",
                    "Alert when the oldest event that is not in the lake yet is older than this.",
                    "1s",
                    "24h")
            .orElse("5m");

    static final Setting<Duration> STUCK = Settings.duration(
                    "ALERT_STUCK",
                    "Alert when a shard has not committed for this long although records wait.",
                    "1s",
                    "24h")
            .orElse("3m");

    static final Setting<Integer> OWNER_SWITCHES = Settings.integer(
                    "ALERT_OWNER_SWITCHES",
                    "Alert when a shard changes its owner more often than this in ten minutes.",
                    1,
                    1000)
            .orElse("4");

    static final Setting<Long> SMALL_FILE_BYTES = Settings.bytes(
                    "ALERT_SMALL_FILE_BYTES", "An object below this size counts as small.", "1", "1GiB")
            .orElse("1MiB");

    static final Setting<Integer> SMALL_FILES = Settings.integer(
                    "ALERT_SMALL_FILES",
                    "Alert when a service has more small objects than this in one hour.",
                    1,
                    1_000_000)
            .orElse("100");

    static final Setting<URI> WEBHOOK_URL = Settings.url(
                    "ALERT_WEBHOOK_URL",
                    "Where alerts are posted as JSON when they start and when they end. It is never shown, because such"
                            + " URLs often hold a key.")
            .hidden();

    static final Setting<String> REGION = SharedSettings.REGION.orElse("us-east-1");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            PORT,
            HOST,
            AUTH,
            USER,
            PASSWORD,
            PROXY_HEADER,
            TRUSTED_PROXIES,
            ALLOW_OPEN,
            ALLOWED_HOSTS,
            STREAMS,
            BUCKETS,
            STREAM_NAME,
            TARGET_BUCKET,
            SERVICE_FIELD,
            TIMESTAMP_FIELD,
            APPLICATION_NAME,
            CONSUMER_STATUS_URLS,
            HTTP_KEEP_ALIVE,
            MAX_TAILS,
            INDEX_LISTS_PER_SECOND,
            FRESHNESS,
            STUCK,
            OWNER_SWITCHES,
            SMALL_FILE_BYTES,
            SMALL_FILES,
            WEBHOOK_URL,
            ENDPOINT,
            REGION,
            LOG_LEVEL,
            LOG_FORMAT,
            CONFIG_FILE);

    private DashboardSettings() {}

    /** DASHBOARD_AUTH. */
    enum Auth {
        NONE,
        BASIC,
        PROXY
    }

    private static List<URI> consumers(String text) {
        return text.equalsIgnoreCase("none")
                ? List.of()
                : Settings.parts(text).stream()
                        .map(Settings::http)
                        .map(DashboardSettings::statusDocument)
                        .toList();
    }

    private static String address(String text) {
        // Only digits and colons, so that no name is looked up.
        Settings.require(text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"));
        try {
            return InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** {@code http://host:8011} stands for {@code http://host:8011/status}. */
    private static URI statusDocument(URI url) {
        boolean bare = url.getPath() == null
                || url.getPath().isEmpty()
                || url.getPath().equals("/");
        return bare ? url.resolve("/status") : url;
    }
}
