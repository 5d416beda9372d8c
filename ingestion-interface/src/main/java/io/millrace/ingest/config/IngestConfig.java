package io.millrace.ingest.config;

import io.millrace.producer.ProducerConfig;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SharedSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The ingestion interface's checked configuration.
 *
 * @param port 0 for any free port
 * @param token what a client has to show as its bearer token; empty for none
 * @param maxBodyBytes largest request body, inflated
 * @param maxEvents most events in a request
 * @param maxConcurrentBytes most bytes of request bodies held at once
 * @param syncTimeout how long {@code ?sync=true} waits for Kinesis
 * @param httpKeepAlive how long an idle connection stays open
 */
public record IngestConfig(
        String host,
        int port,
        Optional<String> token,
        int maxBodyBytes,
        int maxEvents,
        int maxConcurrentBytes,
        Duration syncTimeout,
        Duration httpKeepAlive,
        LogLevel logLevel,
        LogFormat logFormat,
        ProducerConfig producer) {

    /** Reads everything; {@link SettingReader#problems} says what was wrong, and then the result is not to be used. */
    public static IngestConfig read(SettingReader settings) {
        int maxBody = Math.toIntExact(settings.get(IngestSettings.MAX_BODY));
        return new IngestConfig(
                settings.get(IngestSettings.HOST),
                settings.get(IngestSettings.PORT),
                settings.find(IngestSettings.TOKEN),
                maxBody,
                settings.get(IngestSettings.MAX_EVENTS),
                Math.max(maxBody, Math.toIntExact(settings.get(IngestSettings.MAX_CONCURRENT))),
                settings.get(IngestSettings.SYNC_TIMEOUT),
                settings.get(SharedSettings.HTTP_KEEP_ALIVE),
                settings.get(SharedSettings.LOG_LEVEL),
                settings.get(SharedSettings.LOG_FORMAT),
                IngestSettings.producer(settings, IngestSettings.PRODUCER));
    }

    /** @throws io.millrace.settings.SettingsException with every problem, the producer's too */
    public static IngestConfig read(Map<String, String> environment) {
        SettingReader settings = new SettingReader(environment, IngestSettings.ALL);
        IngestConfig config = read(settings);
        settings.requireNoProblem();
        return config;
    }
}
