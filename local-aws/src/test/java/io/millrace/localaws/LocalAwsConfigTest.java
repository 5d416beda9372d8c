package io.millrace.localaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.kinesis.ShardLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Files.writeString(file, "LOCAL_AWS_PORT=1\nLOCAL_AWS_BIND=10.0.0.1\nLOCAL_AWS_FAULT_SEED=7\nOTHERS=x\n");

        LocalAwsSettings settings = valid(
                List.of("--port", "3"),
                Map.of("CONFIG_FILE", file.toString(), "LOCAL_AWS_PORT", "2", "LOCAL_AWS_BIND", "10.0.0.2"));

        assertEquals(3, settings.port());
        assertEquals("10.0.0.2", settings.bind());
        assertEquals(7, settings.faultSeed());
    }

    @Test
    void allProblemsAtOnceWithVariableValueAndWhatIsAllowed() {
        var invalid = assertInstanceOf(
                LocalAwsConfig.Result.Invalid.class,
                LocalAwsConfig.of(Options.of(
                        List.of("--port", "70000", "--max-bytes", "much", "--colour", "--data-dir"),
                        Map.of(
                                "LOG_LEVEL", "loud",
                                "LOCAL_AWS_INIT", "yes",
                                "CONFIG_FILE", folder.resolve("absent").toString()))));

        assertEquals(7, invalid.problems().size(), invalid.problems().toString());
        assertTrue(
                invalid.problems().contains("LOCAL_AWS_PORT (--port) is \"70000\": allowed is 0 to 65535"),
                invalid.problems().toString());
    }

    private static LocalAwsSettings valid(List<String> arguments, Map<String, String> environment) {
        return assertInstanceOf(
                        LocalAwsConfig.Result.Valid.class, LocalAwsConfig.of(Options.of(arguments, environment)))
                .settings();
    }
}
