package io.millrace.ingest.config;

import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerSetting;
import io.millrace.producer.ProducerSettings;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import io.millrace.settings.SharedSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting of the ingestion interface, in the order in which the reference lists them. */
public final class IngestSettings {

    static final Setting<String> HOST = Settings.text(
                    "INGEST_HOST",
                    "The address to listen on. In a container, use `0.0.0.0`.",
                    "an address or host name of this machine",
                    "[^\\s/]{1,255}")
            .orElse("127.0.0.1");

    static final Setting<Integer> PORT = Settings.integer(
                    "INGEST_PORT", "The port to listen on. 0 picks a free port and logs it.", 0, 65_535)
            .orElse("8004");

    static final Setting<String> TOKEN = Settings.text(
                    "INGEST_TOKEN",
                    "Clients must send it as `Authorization: Bearer TOKEN`. When it is empty, anyone may send.",
                    "any text",
                    ".+")
            .hidden();

    static final Setting<Long> MAX_BODY = Settings.bytes(
                    "INGEST_MAX_BODY_BYTES", "The largest body of a request, after decompression.", "1KiB", "100MiB")
            .orElse("5MiB");

    static final Setting<Integer> MAX_EVENTS = Settings.integer(
                    "INGEST_MAX_EVENTS", "The most events in one request.", 1, 1_000_000)
            .orElse("10000");

    static final Setting<Long> MAX_CONCURRENT = Settings.bytes(
                    "INGEST_MAX_CONCURRENT_BYTES",
                    "The most bytes of bodies that are held at the same time. At this limit, clients are told to come"
                            + " back (429). It is at least INGEST_MAX_BODY_BYTES.",
                    "1KiB",
                    "2047MiB")
            .orElse("16MiB");

    static final Setting<Duration> SYNC_TIMEOUT = Settings.duration(
                    "INGEST_SYNC_TIMEOUT", "How long a request with `?sync=true` waits for Kinesis.", "1s", "1h")
            .orElse("30s");

    /** The settings beside the producer's. */
    public static final List<Setting<?>> OWN = List.of(
            HOST,
            PORT,
            TOKEN,
            MAX_BODY,
            MAX_EVENTS,
            MAX_CONCURRENT,
            SYNC_TIMEOUT,
            SharedSettings.HTTP_KEEP_ALIVE,
            SharedSettings.LOG_LEVEL,
            SharedSettings.LOG_FORMAT,
            SharedSettings.CONFIG_FILE);

    /** The producer's settings. */
    public static final List<Setting<String>> PRODUCER =
            ProducerSettings.ALL.stream().map(IngestSettings::setting).toList();

    /** All of them. */
    public static final List<Setting<?>> ALL =
            Stream.<Setting<?>>concat(OWN.stream(), PRODUCER.stream()).toList();

    private IngestSettings() {}

    /** What the producer's settings say; after a problem, which the reader keeps, their defaults. */
    public static ProducerConfig producer(SettingReader settings, List<Setting<String>> producer) {
        Map<String, String> texts = new HashMap<>();
        producer.forEach(setting -> settings.find(setting).ifPresent(text -> texts.put(setting.name(), text)));
        return ProducerSettings.read(texts);
    }

    private static Setting<String> setting(ProducerSetting setting) {
        Setting<String> text = Settings.of(setting.name(), setting.meaning(), setting.allowed(), value -> {
                    setting.read().accept(ProducerConfig.builder(), value);
                    return value;
                })
                .orElse(setting.defaultValue());
        boolean region = setting.name().equals(SharedSettings.REGION.name());
        return region ? text.or(SharedSettings.REGION.names().get(1)) : text;
    }
}
