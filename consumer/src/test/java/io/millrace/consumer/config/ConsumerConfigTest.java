package io.millrace.consumer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.lease.InitialPosition;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.ObjectSettings;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.SettingReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerConfigTest {

    @Test
    void defaultsHold() {
        ConsumerConfig config = valid(Map.of());
        assertEquals(Map.of("stage01-logs-stream", "md-raw-logs"), config.buckets());
        assertEquals(Optional.empty(), config.endpoint());
        assertEquals(Optional.empty(), config.region());
        assertEquals(new InitialPosition.TrimHorizon(), config.initialPosition());
        assertEquals("millrace-consumer", config.applicationName());
        assertTrue(config.workerId().endsWith("-8011"), config.workerId());
        assertEquals(ConsumerSettings.RetrievalMode.POLLING, config.retrievalMode());
        assertEquals(Duration.ofMillis(500), config.pollInterval());
        assertEquals(Duration.ofSeconds(60), config.flush().maxAge());
        assertEquals(16L << 20, config.flush().maxBytes());
        assertEquals(48L << 20, config.maxBufferBytes());
        assertEquals(Compression.NONE, config.layout().compression());
        assertEquals(Optional.empty(), config.layout().dedupeField());
        assertEquals(ObjectSettings.bucketDefaults(), config.objects());
        assertEquals(8011, config.statusPort());
        assertEquals("127.0.0.1", config.statusHost());
    }

    @Test
    void everySettingIsMapped() {
        Map<String, String> all = new HashMap<>();
        all.put("AWS_ENDPOINT_URL", "http://localhost:4566");
        all.put("AWS_REGION", "eu-west-1");
        all.put("AWS_DEFAULT_REGION", "eu-west-2");
        all.put("STREAMS", "logs:raw-logs, metrics:raw-metrics");
        all.put("INITIAL_POSITION", "2026-01-31T01:00:00+01:00");
        all.put("APPLICATION_NAME", "app");
        all.put("WORKER_ID", "worker-1");
        all.put("RETRIEVAL_MODE", "FANOUT");
        all.put("POLL_INTERVAL", "1.5");
        all.put("BATCH_SIZE", "100");
        all.put("MAX_INTAKE_BYTES", "12M");
        all.put("FLUSH_INTERVAL", "5");
        all.put("FLUSH_BYTES", "1M");
        all.put("FLUSH_RECORDS", "1000");
        all.put("MAX_BUFFER_BYTES", "32MiB");
        all.put("COMPRESSION", "zstd");
        all.put("SSE", "aws:kms");
        all.put("SSE_KMS_KEY_ID", "alias/lake");
        all.put("STORAGE_CLASS", "standard_ia");
        all.put("OBJECT_TAGS", "team=data,stage=raw");
        all.put("SERVICE_FIELD", "kubernetes.labels.app");
        all.put("TIMESTAMP_FIELD", "ts");
        all.put("DEDUPE_FIELD", "event_id");
        all.put("FAILOVER_TIME", "20");
        all.put("SHUTDOWN_TIMEOUT", "40");
        all.put("STATUS_PORT", "0");
        all.put("STATUS_HOST", "0.0.0.0");
        all.put("HEALTH_MAX_WAIT", "60");
        all.put("LOG_LEVEL", "debug");
        all.put("LOG_FORMAT", "json");
        ConsumerConfig config = valid(all);
        assertEquals(Optional.of(URI.create("http://localhost:4566")), config.endpoint());
        assertEquals(Optional.of("eu-west-1"), config.region());
        assertEquals(Map.of("logs", "raw-logs", "metrics", "raw-metrics"), config.buckets());
        assertTrue(config.multiStream());
        assertEquals(new InitialPosition.At(Instant.parse("2026-01-31T00:00:00Z")), config.initialPosition());
        assertEquals("app", config.applicationName());
        assertEquals("worker-1", config.workerId());
        assertEquals(ConsumerSettings.RetrievalMode.FANOUT, config.retrievalMode());
        assertEquals(Duration.ofMillis(1500), config.pollInterval());
        assertEquals(100, config.batchSize());
        assertEquals(12L << 20, config.maxIntakeBytes());
        assertEquals(Duration.ofSeconds(5), config.flush().maxAge());
        assertEquals(1L << 20, config.flush().maxBytes());
        assertEquals(1000, config.flush().maxRecords());
        assertEquals(32L << 20, config.maxBufferBytes());
        assertEquals(Compression.ZSTD, config.layout().compression());
        assertEquals("kubernetes.labels.app", config.layout().serviceField());
        assertEquals("ts", config.layout().timestampField());
        assertEquals(Optional.of("event_id"), config.layout().dedupeField());
        assertEquals(
                new ObjectSettings.Encryption.Kms("alias/lake"),
                config.objects().encryption());
        assertEquals("STANDARD_IA", config.objects().storageClass());
        assertEquals(Map.of("team", "data", "stage", "raw"), config.objects().tags());
        assertEquals(Duration.ofSeconds(20), config.failoverTime());
        assertEquals(Duration.ofSeconds(40), config.shutdownTimeout());
        assertEquals(0, config.statusPort());
        assertEquals("0.0.0.0", config.statusHost());
        assertEquals(Duration.ofSeconds(60), config.healthMaxWait());
        assertEquals(LogLevel.DEBUG, config.logLevel());
        assertEquals(LogFormat.JSON, config.logFormat());
    }

    @ParameterizedTest
    @CsvSource({
        "POLL_INTERVAL, soon",
        "POLL_INTERVAL, 0.1",
        "BATCH_SIZE, 10001",
        "FLUSH_BYTES, 1T",
        "STREAM_NAME, a stream",
        "APPLICATION_NAME, logs-leases",
        "TARGET_BUCKET, Raw_Logs",
        "STREAMS, logs",
        "STREAMS, 'logs:a-bucket,logs:other-bucket'",
        "AWS_ENDPOINT_URL, localhost:4566",
        "INITIAL_POSITION, yesterday",
        "RETRIEVAL_MODE, push",
        "COMPRESSION, lz4",
        "STATUS_PORT, 70000",
        "OBJECT_TAGS, team",
        "LOG_LEVEL, loud",
        "WORKER_ID, w\uFFFDrker", // what a POSIX locale makes of other characters than ASCII
    })
    void aWrongValueIsOneLineWithNameValueAndWhatIsAllowed(String name, String value) {
        List<String> problems = problems(Map.of(name, value));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(
                problems.get(0).startsWith(name + "=" + value + " is not allowed; allowed: "), () -> problems.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "FLUSH_INTERVAL, 5s, 5000",
        "FLUSH_INTERVAL, 5, 5000",
        "FLUSH_INTERVAL, 2m, 120000",
        "POLL_INTERVAL, 500ms, 500",
        "FAILOVER_TIME, 0.1m, 6000"
    })
    void durationsHaveUnitsAndSecondsWithoutOne(String name, String text, long millis) {
        ConsumerConfig config = valid(Map.of(name, text));
        Duration read = switch (name) {
            case "FLUSH_INTERVAL" -> config.flush().maxAge();
            case "POLL_INTERVAL" -> config.pollInterval();
            default -> config.failoverTime();
        };
        assertEquals(Duration.ofMillis(millis), read);
    }

    @Test
    void everySettingsDefaultIsAllowed() {
        ConsumerSettings.ALL.stream()
                .filter(setting -> !setting.defaultText().isEmpty())
                .forEach(setting -> assertNotNull(setting.parser().apply(setting.defaultText()), setting.name()));
    }

    @Test
    void aPasswordInAUrlIsRefusedAndNotShown() {
        List<String> problems = problems(Map.of("AWS_ENDPOINT_URL", "http://user:secret@host"));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("AWS_ENDPOINT_URL=http://***@host is not allowed"), problems.get(0));
    }

    @Test
    void allProblemsAreListedAtOnce() {
        List<String> problems = problems(Map.of("POLL_INTERVAL", "x", "BATCH_SIZE", "y", "SSE", "z"));
        assertEquals(3, problems.size(), problems.toString());
    }

    @Test
    void whatContradictsItselfIsAProblem() {
        assertEquals(
                1, problems(Map.of("STREAMS", "a:bucket", "STREAM_NAME", "b")).size());
        assertEquals(
                1,
                problems(Map.of("FLUSH_BYTES", "2M", "MAX_BUFFER_BYTES", "1M")).size());
        assertEquals(1, problems(Map.of("SSE_KMS_KEY_ID", "key")).size());
        assertEquals(
                1,
                problems(Map.of("HEALTH_MAX_WAIT", "10", "FLUSH_INTERVAL", "60"))
                        .size());
        assertEquals(
                1,
                problems(Map.of("AWS_ENDPOINT_URL", "http://x", "CLOUDWATCH_METRICS", "summary"))
                        .size());
    }

    @Test
    void healthAllowsForALongFlushInterval() {
        assertEquals(
                Duration.ofMinutes(30), valid(Map.of("FLUSH_INTERVAL", "900")).healthMaxWait());
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertEquals(Optional.empty(), valid(Map.of("AWS_ENDPOINT_URL", "")).endpoint());
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheFileOverDefaults(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("consumer.properties");
        Files.writeString(file, "BATCH_SIZE=7\nFLUSH_INTERVAL=9\n");
        ConsumerConfig config = valid(Map.of("CONFIG_FILE", file.toString(), "FLUSH_INTERVAL", "3"));
        assertEquals(7, config.batchSize());
        assertEquals(Duration.ofSeconds(3), config.flush().maxAge());
    }

    @Test
    void anUnknownNameInTheFileAndAMissingFileAreProblems(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("consumer.properties");
        Files.writeString(file, "FLUSH_INTERVALS=9\n");
        assertEquals(1, problems(Map.of("CONFIG_FILE", file.toString())).size());
        assertEquals(
                1,
                problems(Map.of("CONFIG_FILE", folder.resolve("absent").toString()))
                        .size());
    }

    private static ConsumerConfig valid(Map<String, String> environment) {
        SettingReader settings = new SettingReader(environment, ConsumerSettings.ALL);
        ConsumerConfig config = ConsumerConfig.read(settings);
        assertEquals(List.of(), settings.problems());
        return config;
    }

    private static List<String> problems(Map<String, String> environment) {
        SettingReader settings = new SettingReader(environment, ConsumerSettings.ALL);
        ConsumerConfig.read(settings);
        return settings.problems();
    }
}
