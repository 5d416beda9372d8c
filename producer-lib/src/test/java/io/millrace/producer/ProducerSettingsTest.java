package io.millrace.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerSettingsTest {
    @Test
    void withoutVariablesTheDefaultsHold() {
        assertEquals(ProducerConfig.builder().build(), ProducerSettings.read(Map.of()));
    }

    @Test
    void everyVariableIsRead() {
        ProducerConfig config = ProducerSettings.read(Map.ofEntries(
                Map.entry("KINESIS_ENABLED", "false"),
                Map.entry("KINESIS_STREAM_NAME", "my-stream"),
                Map.entry("AWS_ENDPOINT_URL", "http://localhost:4566"),
                Map.entry("AWS_DEFAULT_REGION", "eu-central-1"),
                Map.entry("PRODUCER_LINGER", "20ms"),
                Map.entry("PRODUCER_BATCH_RECORDS", "100"),
                Map.entry("PRODUCER_BATCH_BYTES", "2MiB"),
                Map.entry("PRODUCER_MAX_IN_FLIGHT", "3"),
                Map.entry("PRODUCER_BUFFER_BYTES", "1GiB"),
                Map.entry("PRODUCER_MAX_BLOCK", "5s"),
                Map.entry("PRODUCER_DELIVERY_TIMEOUT", "3m"),
                Map.entry("PRODUCER_REQUEST_TIMEOUT", "7s"),
                Map.entry("PRODUCER_CLOSE_TIMEOUT", "8s"),
                Map.entry("PRODUCER_ORDERING", "none"),
                Map.entry("PRODUCER_PARTITION_KEY", "field:host"),
                Map.entry("PRODUCER_AGGREGATION", "kpl"),
                Map.entry("PRODUCER_AGGREGATION_BYTES", "50KiB"),
                Map.entry("PRODUCER_COMPRESSION", "gzip"),
                Map.entry("PRODUCER_MAX_RECORD_BYTES", "10MiB"),
                Map.entry("PRODUCER_RATE_LIMIT", "80%"),
                Map.entry("PRODUCER_SPILL_DIR", "/var/spill"),
                Map.entry("PRODUCER_SPILL_BYTES", "2GiB")));

        ProducerConfig expected = new ProducerConfig(
                false,
                "my-stream",
                Optional.of(URI.create("http://localhost:4566")),
                Optional.of("eu-central-1"),
                Duration.ofMillis(20),
                100,
                2 << 20,
                3,
                1L << 30,
                Duration.ofSeconds(5),
                Duration.ofMinutes(3),
                Duration.ofSeconds(7),
                Duration.ofSeconds(8),
                Ordering.NONE,
                Aggregation.KPL,
                50 << 10,
                Compression.GZIP,
                10 << 20,
                RateLimit.ofPercent(80),
                new PartitionKeyRule.Field("host"),
                Optional.of(Path.of("/var/spill")),
                2L << 30);
        assertEquals(expected, config);
    }

    @Test
    void whatIsDescribedReadsBackAsTheSame() {
        ProducerConfig config = ProducerConfig.builder()
                .rateLimit(RateLimit.ofPercent(75))
                .partitionKey(new PartitionKeyRule.Spread(7))
                .linger(Duration.ofMillis(1500))
                .spillDir(Path.of("/spill"))
                .build();

        assertEquals(config, ProducerSettings.read(ProducerSettings.describe(config)));
    }

    @Test
    void everyProblemIsToldWithItsVariableValueAndWhatIsAllowed() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> ProducerSettings.read(Map.of(
                        "PRODUCER_LINGER", "soon", "PRODUCER_BATCH_RECORDS", "501", "PRODUCER_ORDERING", "maybe")));

        assertEquals(
                List.of(
                        "PRODUCER_LINGER=soon is not allowed; allowed: a duration from 0ms to 1m; a number alone is in"
                                + " seconds",
                        "PRODUCER_BATCH_RECORDS=501 is not allowed; allowed: a whole number from 1 to 500",
                        "PRODUCER_ORDERING=maybe is not allowed; allowed: key, none"),
                e.problems());
    }

    @Test
    void theEnvironmentWinsOverTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("producer.properties");
        Files.writeString(file, "PRODUCER_LINGER=7ms\nKINESIS_STREAM_NAME=from-file\n");
        ProducerConfig config = ProducerSettings.read(
                Variables.of(Map.of("CONFIG_FILE", file.toString(), "KINESIS_STREAM_NAME", "from-environment")));

        assertEquals(Duration.ofMillis(7), config.linger());
        assertEquals("from-environment", config.stream());
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> Variables.of(Map.of("CONFIG_FILE", folder.resolve("none").toString())));
        assertTrue(e.getMessage().startsWith("CONFIG_FILE="), e.getMessage());
    }

    @Test
    void theNamesOfTheFileAreReadAsTheProcessesReadThem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("all.properties"),
                "\uFEFFAWS_REGION=us-west-1\nPRODUCER_LINGER=7ms\nAWS_ENDPOINT_URL=http://in.file\nOTHERS=x\n");
        ProducerConfig config = ProducerSettings.read(Variables.of(
                Map.of("CONFIG_FILE", file.toString(), "AWS_DEFAULT_REGION", "eu-west-2", "AWS_ENDPOINT_URL", "")));
        assertEquals(Optional.of("eu-west-2"), config.region(), "the environment wins over the file");
        assertEquals(Optional.of(URI.create("http://in.file")), config.endpoint(), "an empty variable is unset");

        Files.writeString(file, "PRODUCER_LINGERS=7ms\n");
        ConfigException e =
                assertThrows(ConfigException.class, () -> Variables.of(Map.of("CONFIG_FILE", file.toString())));
        assertTrue(e.getMessage().contains("PRODUCER_LINGERS is not a setting"), e.getMessage());
    }

    @Test
    void awsRegionWinsOverItsOlderName() {
        assertEquals(
                Optional.of("eu-west-1"),
                ProducerSettings.read(Map.of("AWS_DEFAULT_REGION", "eu-west-2", "AWS_REGION", "eu-west-1"))
                        .region());
    }

    @Test
    void unitsMayBeLeftOutOrShort() {
        ProducerConfig config = ProducerSettings.read(Map.of("PRODUCER_LINGER", "0.1", "PRODUCER_BUFFER_BYTES", "16M"));
        assertEquals(Duration.ofMillis(100), config.linger());
        assertEquals(16 << 20, config.bufferBytes());
    }

    @Test
    void aPasswordInAUrlIsRefusedAndNotShown() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> ProducerSettings.read(Map.of("AWS_ENDPOINT_URL", "http://me:hunter2@host")));
        assertTrue(e.getMessage().startsWith("AWS_ENDPOINT_URL=http://***@host is not allowed"), e.getMessage());
    }

    @Test
    void wordsAreReadInAnyCase() {
        ProducerConfig config = ProducerSettings.read(Map.of(
                "PRODUCER_PARTITION_KEY", "Field:Host",
                "PRODUCER_ORDERING", "None",
                "PRODUCER_RATE_LIMIT", "OFF",
                "KINESIS_ENABLED", "FALSE"));
        assertEquals(new PartitionKeyRule.Field("Host"), config.partitionKey());
        assertEquals(Ordering.NONE, config.ordering());
        assertEquals(RateLimit.OFF, config.rateLimit());
    }
}
