package io.millrace.ingest.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.producer.ProducerConfig;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestConfigTest {

    @Test
    void withoutVariablesItListensOnLoopbackOnlyAndTheProducersDefaultsHold() {
        IngestConfig config = IngestConfig.read(Map.of());
        assertEquals("127.0.0.1", config.host());
        assertEquals(8004, config.port());
        assertEquals(Optional.empty(), config.token());
        assertEquals(5 << 20, config.maxBodyBytes());
        assertEquals(16 << 20, config.maxConcurrentBytes());
        assertEquals(Duration.ofSeconds(30), config.syncTimeout());
        assertEquals(ProducerConfig.builder().build(), config.producer());
    }

    @Test
    void sizesAndDurationsMayHaveUnits() {
        IngestConfig config = IngestConfig.read(Map.of(
                "INGEST_MAX_BODY_BYTES", "2M",
                "INGEST_SYNC_TIMEOUT", "2m",
                "PRODUCER_LINGER", "0.1",
                "PRODUCER_BUFFER_BYTES", "16M",
                "LOG_FORMAT", "JSON"));
        assertEquals(2 << 20, config.maxBodyBytes());
        assertEquals(Duration.ofMinutes(2), config.syncTimeout());
        assertEquals(Duration.ofMillis(100), config.producer().linger());
        assertEquals(16 << 20, config.producer().bufferBytes());
        assertEquals(LogFormat.JSON, config.logFormat());
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "INFO", "Info", "trace", "debug", "warn", "error"})
    void aLogLevelIsReadInAnyCase(String level) {
        assertEquals(
                LogLevel.valueOf(level.toUpperCase(java.util.Locale.ROOT)),
                IngestConfig.read(Map.of("LOG_LEVEL", level)).logLevel());
    }

    @Test
    void awsRegionWinsOverItsOlderName() {
        assertEquals(
                Optional.of("eu-west-1"),
                IngestConfig.read(Map.of("AWS_DEFAULT_REGION", "eu-west-2", "AWS_REGION", "eu-west-1"))
                        .producer()
                        .region());
        assertEquals(
                Optional.of("eu-west-2"),
                IngestConfig.read(Map.of("AWS_DEFAULT_REGION", "eu-west-2", "AWS_REGION", ""))
                        .producer()
                        .region());
    }

    @Test
    void anUnknownNameInTheFileIsRefusedAndTheConsumersIsPassedOver(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("all.properties"),
                "\uFEFFINGEST_PORT=1\nFLUSH_INTERVAL=5s\nPRODUCER_LINGER=7ms\nPRODUCER_LINGERS=1s\n");
        SettingReader settings = new SettingReader(Map.of("CONFIG_FILE", file.toString()), IngestSettings.ALL);
        IngestConfig config = IngestConfig.read(settings);
        assertEquals(1, config.port());
        assertEquals(Duration.ofMillis(7), config.producer().linger());
        assertEquals(
                List.of(file + ": PRODUCER_LINGERS is not a setting of Millrace; did you mean PRODUCER_LINGER?"),
                settings.problems());
    }

    @Test
    void theTokenIsHidden() {
        SettingReader settings = new SettingReader(Map.of("INGEST_TOKEN", "hunter2"), IngestSettings.ALL);
        assertEquals(Optional.of("hunter2"), IngestConfig.read(settings).token());
        assertEquals("***", settings.effective().get("INGEST_TOKEN"));
        assertFalse(settings.effective().toString().contains("hunter2"));
    }

    @Test
    void everyProblemIsToldTheProducersToo() {
        SettingsException e = assertThrows(
                SettingsException.class,
                () -> IngestConfig.read(
                        Map.of("INGEST_PORT", "70000", "LOG_FORMAT", "xml", "PRODUCER_LINGER", "soon")));
        assertEquals(
                List.of(
                        "INGEST_PORT=70000 is not allowed; allowed: a whole number from 0 to 65535",
                        "LOG_FORMAT=xml is not allowed; allowed: text, json",
                        "PRODUCER_LINGER=soon is not allowed; allowed: a duration from 0ms to 1m; a number alone is in"
                                + " seconds"),
                e.problems());
    }

    @Test
    void helpNamesEveryVariable() {
        String help = Reference.text(IngestSettings.ALL);
        IngestSettings.ALL.forEach(setting -> assertTrue(help.contains("  " + setting.name()), setting.name()));
        assertTrue(help.contains("PRODUCER_SPILL_DIR"));
    }
}
