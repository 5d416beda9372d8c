package io.millrace.localaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.kinesis.ShardLimits;
import io.millrace.settings.SettingReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAwsConfigTest {

    @TempDir
    Path folder;

    @Test
    void defaults() {
        assertEquals(
                new LocalAwsSettings(
                        "127.0.0.1",
                        4566,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ShardLimits.NONE,
                        Optional.empty(),
                        42,
                        Duration.ofSeconds(75)),
                valid(List.of(), Map.of()));
    }

    @Test
    void everyOption() {
        assertEquals(
                new LocalAwsSettings(
                        "0.0.0.0",
                        1,
                        Optional.of(2),
                        Optional.of(Path.of("a b")),
                        Optional.of(InitialResources.standard()),
                        Optional.of(3L),
                        ShardLimits.ALL,
                        Optional.empty(),
                        4,
                        Duration.ofSeconds(5)),
                valid(
                        List.of(
                                "--bind",
                                "0.0.0.0",
                                "--port",
                                "1",
                                "--tls-port=2",
                                "--data-dir",
                                "a b",
                                "--init",
                                "--max-bytes",
                                "3",
                                "--shard-limits",
                                "--fault-seed",
                                "4",
                                "--http-keep-alive",
                                "5",
                                "--log-level",
                                "DEBUG",
                                "--log-format",
                                "json"),
                        Map.of()));
    }

    @Test
    void everyVariable() {
        assertEquals(
                new LocalAwsSettings(
                        "0.0.0.0",
                        1,
                        Optional.of(2),
                        Optional.of(Path.of("d")),
                        Optional.of(InitialResources.standard()),
                        Optional.of(3L),
                        ShardLimits.ALL,
                        Optional.empty(),
                        4,
                        Duration.ofSeconds(5)),
                valid(
                        List.of(),
                        Map.of(
                                "LOCAL_AWS_BIND", "0.0.0.0",
                                "HTTP_KEEP_ALIVE", "5",
                                "LOCAL_AWS_PORT", "1",
                                "LOCAL_AWS_TLS_PORT", "2",
                                "LOCAL_AWS_DATA_DIR", "d",
                                "LOCAL_AWS_INIT", "true",
                                "LOCAL_AWS_MAX_BYTES", "3",
                                "LOCAL_AWS_SHARD_LIMITS", "true",
                                "LOCAL_AWS_FAULT_SEED", "4")));
    }

    @Test
    void readsMayBeLimitedAlone() {
        assertEquals(
                ShardLimits.READS,
                valid(List.of(), Map.of("LOCAL_AWS_READ_LIMITS", "true")).shardLimits());
        assertEquals(
                ShardLimits.READS, valid(List.of("--read-limits"), Map.of()).shardLimits());
        assertEquals(
                ShardLimits.ALL,
                valid(List.of("--read-limits", "--shard-limits"), Map.of()).shardLimits());
    }

    @Test
    void whatTheOtherProcessesAreToldIsMadeToo() {
        InitialResources made = valid(
                        List.of("--init"),
                        Map.of(
                                "STREAM_NAME", "orders",
                                "KINESIS_STREAM_NAME", "arn:aws:kinesis:us-east-1:000000000000:stream/clicks",
                                "TARGET_BUCKET", "lake",
                                "STREAMS", "a:lake-a, b:lake-b",
                                "SHARD_COUNT", "4"))
                .init()
                .orElseThrow();

        assertEquals(4, made.shards());
        assertEquals(
                Set.of("stage01-logs-stream", "stage01-metrics-stream", "orders", "clicks", "a", "b"), made.streams());
        assertEquals(Set.of("md-raw-logs", "md-raw-metrics", "md-raw-apm", "lake", "lake-a", "lake-b"), made.buckets());
    }

    @Test
    void anOptionWinsOverAVariableAndThatOverTheFile() throws Exception {
        Path file = folder.resolve("config.properties");
        Files.writeString(
                file, "LOCAL_AWS_PORT=1\nLOCAL_AWS_BIND=10.0.0.1\nLOCAL_AWS_FAULT_SEED=7\nFLUSH_INTERVAL=5s\n");

        LocalAwsSettings settings = valid(
                List.of("--port", "3"),
                Map.of("CONFIG_FILE", file.toString(), "LOCAL_AWS_PORT", "2", "LOCAL_AWS_BIND", "10.0.0.2"));

        assertEquals(3, settings.port());
        assertEquals("10.0.0.2", settings.bind());
        assertEquals(7, settings.faultSeed());
    }

    @Test
    void allProblemsAtOnceWithVariableValueAndWhatIsAllowed() {
        SettingReader reader = new SettingReader(
                List.of("--port", "70000", "--max-bytes", "much", "--prt=1", "--data-dir"),
                Map.of(
                        "LOG_LEVEL", "loud",
                        "LOCAL_AWS_INIT", "perhaps",
                        "CONFIG_FILE", folder.resolve("absent").toString()),
                LocalAwsOptions.ALL);
        LocalAwsConfig.read(reader);

        assertEquals(7, reader.problems().size(), reader.problems().toString());
        assertTrue(
                reader.problems().contains("--port=70000 is not allowed; allowed: a whole number from 0 to 65535"),
                reader.problems().toString());
        assertTrue(
                reader.problems().contains("--prt is not an option; did you mean --port?"),
                reader.problems().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "INFO", "trace", "debug", "warn", "error"})
    void aLogLevelIsReadInAnyCase(String level) {
        SettingReader reader = new SettingReader(Map.of("LOG_LEVEL", level), LocalAwsOptions.ALL);
        assertEquals(
                level.toUpperCase(Locale.ROOT),
                LocalAwsConfig.read(reader).logLevel().name());
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void anUnknownNameInTheFileIsRefused() throws Exception {
        Path file =
                Files.writeString(folder.resolve("config.properties"), "\uFEFFLOCAL_AWS_PORT=1\nLOCAL_AWS_PROT=1\n");
        SettingReader reader = new SettingReader(Map.of("CONFIG_FILE", file.toString()), LocalAwsOptions.ALL);
        assertEquals(1, LocalAwsConfig.read(reader).settings().port());
        assertEquals(
                List.of(file + ": LOCAL_AWS_PROT is not a setting of Millrace; did you mean LOCAL_AWS_PORT?"),
                reader.problems());
    }

    private static LocalAwsSettings valid(List<String> arguments, Map<String, String> environment) {
        SettingReader reader = new SettingReader(arguments, environment, LocalAwsOptions.ALL);
        LocalAwsConfig config = LocalAwsConfig.read(reader);
        assertEquals(List.of(), reader.problems());
        return config.settings();
    }
}
