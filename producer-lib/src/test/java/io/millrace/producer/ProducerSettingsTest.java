package io.millrace.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- producer-settings -->";
    private static final String END = "<!-- /producer-settings -->";

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
                        "PRODUCER_LINGER=soon: allowed is 0ms to 1m",
                        "PRODUCER_BATCH_RECORDS=501: allowed is 1 to 500",
                        "PRODUCER_ORDERING=maybe: allowed is key, none"),
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
    void theReadmesTableIsTheCodes() throws IOException {
        assumeTrue(Files.exists(README), "no README yet");
        String readme = Files.readString(README);
        assumeTrue(readme.contains(BEGIN), "the README has no table of the producer's settings yet");
        String table = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));

        assertEquals(ProducerSettings.markdown().strip(), table.strip());
    }
}
