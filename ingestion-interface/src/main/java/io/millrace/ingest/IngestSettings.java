package io.millrace.ingest;

import io.millrace.producer.ConfigException;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerSettings;
import io.millrace.producer.Variables;
import io.millrace.service.http.KeepAlive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment variables: the one place that {@code --help}, the README's table and the code share. */
public final class IngestSettings {
    private static final IngestSetting HOST = new IngestSetting(
            "INGEST_HOST", "127.0.0.1", "an address or host name; 0.0.0.0 for all", "where to listen");
    private static final IngestSetting PORT =
            new IngestSetting("INGEST_PORT", "8004", "0 to 65535; 0 picks a free one", "the port");
    private static final IngestSetting TOKEN = new IngestSetting(
            "INGEST_TOKEN", "", "any text; empty for none", "clients must send it as 'Authorization: Bearer …'");
    private static final IngestSetting MAX_BODY =
            new IngestSetting("INGEST_MAX_BODY_BYTES", "5242880", "1024 to 104857600", "largest body, inflated");
    private static final IngestSetting MAX_EVENTS =
            new IngestSetting("INGEST_MAX_EVENTS", "10000", "1 to 1000000", "most events in a request");
    private static final IngestSetting MAX_CONCURRENT = new IngestSetting(
            "INGEST_MAX_CONCURRENT_BYTES",
            "16777216",
            "1024 to 2147483647",
            "most bytes of bodies held at once; beyond, clients are told to come back (429)");
    private static final IngestSetting SYNC_TIMEOUT = new IngestSetting(
            "INGEST_SYNC_TIMEOUT", "30", "1 to 3600 seconds", "how long ?sync=true waits for Kinesis");
    private static final IngestSetting KEEP_ALIVE = new IngestSetting(
            KeepAlive.NAME,
            String.valueOf(KeepAlive.DEFAULT_SECONDS),
            "1 to " + KeepAlive.MAX_SECONDS + " seconds",
            KeepAlive.MEANING);
    private static final IngestSetting LOG_LEVEL =
            new IngestSetting("LOG_LEVEL", "INFO", "TRACE, DEBUG, INFO, WARN, ERROR", "how much is logged");
    private static final IngestSetting LOG_FORMAT =
            new IngestSetting("LOG_FORMAT", "text", "text, json", "how it is logged");

    /** The variables beside the producer's. */
    public static final List<IngestSetting> OWN = List.of(
            HOST, PORT, TOKEN, MAX_BODY, MAX_EVENTS, MAX_CONCURRENT, SYNC_TIMEOUT, KEEP_ALIVE, LOG_LEVEL, LOG_FORMAT);

    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    private IngestSettings(Map<String, String> variables) {
        this.variables = variables;
    }

    /** @throws ConfigException with every problem, the producer's too */
    public static IngestConfig read(Map<String, String> environment) {
        return new IngestSettings(Variables.of(environment)).read();
    }

    /** The variables beside the producer's as a Markdown table. */
    public static String markdown() {
        StringBuilder table = new StringBuilder("| variable | default | allowed | meaning |\n|---|---|---|---|\n");
        for (IngestSetting setting : OWN) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(setting.name(), setting.defaultValue(), setting.allowed(), setting.meaning()));
        }
        return table.toString();
    }

    /** The effective settings by variable; the token hidden. */
    public static Map<String, String> describe(IngestConfig config) {
        Map<String, String> effective = new LinkedHashMap<>();
        effective.put(HOST.name(), config.host());
        effective.put(PORT.name(), String.valueOf(config.port()));
        effective.put(TOKEN.name(), config.token().isPresent() ? "(set)" : "");
        effective.put(MAX_BODY.name(), String.valueOf(config.maxBodyBytes()));
        effective.put(MAX_EVENTS.name(), String.valueOf(config.maxEvents()));
        effective.put(MAX_CONCURRENT.name(), String.valueOf(config.maxConcurrentBytes()));
        effective.put(SYNC_TIMEOUT.name(), String.valueOf(config.syncTimeout().toSeconds()));
        effective.put(KEEP_ALIVE.name(), String.valueOf(config.httpKeepAlive().toSeconds()));
        effective.put(LOG_LEVEL.name(), config.logLevel());
        effective.put(LOG_FORMAT.name(), config.logFormat());
        effective.putAll(ProducerSettings.describe(config.producer()));
        return effective;
    }

    private IngestConfig read() {
        String host = text(HOST);
        int port = whole(PORT, 0, 65_535);
        Optional<String> token = Optional.of(text(TOKEN)).filter(t -> !t.isEmpty());
        int maxBody = whole(MAX_BODY, 1024, 104_857_600);
        int maxEvents = whole(MAX_EVENTS, 1, 1_000_000);
        int maxConcurrent = whole(MAX_CONCURRENT, 1024, Integer.MAX_VALUE);
        int syncTimeout = whole(SYNC_TIMEOUT, 1, 3_600);
        int keepAlive = whole(KEEP_ALIVE, 1, KeepAlive.MAX_SECONDS);
        String level = choice(LOG_LEVEL);
        String format = choice(LOG_FORMAT);
        ProducerConfig producer = null;
        try {
            producer = ProducerSettings.read(variables);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new IngestConfig(
                host,
                port,
                token,
                maxBody,
                maxEvents,
                Math.max(maxBody, maxConcurrent),
                Duration.ofSeconds(syncTimeout),
                Duration.ofSeconds(keepAlive),
                level,
                format,
                producer);
    }

    private String text(IngestSetting setting) {
        String value = variables.getOrDefault(setting.name(), "").strip();
        return value.isEmpty() ? setting.defaultValue() : value;
    }

    private int whole(IngestSetting setting, int least, int most) {
        String value = text(setting);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        problems.add(setting.name() + "=" + value + ": allowed is " + setting.allowed());
        return least;
    }

    private String choice(IngestSetting setting) {
        String value = text(setting);
        if (!List.of(setting.allowed().split(", ")).contains(value)) {
            problems.add(setting.name() + "=" + value + ": allowed is " + setting.allowed());
        }
        return value;
    }
}
