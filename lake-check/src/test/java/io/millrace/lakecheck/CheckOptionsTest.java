package io.millrace.lakecheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.settings.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckOptionsTest {

    @Test
    void hasTheNamesOfTheLocalSystemAsDefaults() {
        CheckOptions options = CheckOptions.parse(List.of("events.jsonl"), Map.of());
        assertEquals("stage01-logs-stream", options.stream());
        assertEquals("md-raw-logs", options.bucket());
        assertEquals("us-east-1", options.region());
        assertEquals("service", options.serviceField());
        assertEquals("timestamp", options.timestampField());
        assertEquals(Duration.ofMinutes(2), options.timeout());
        assertTrue(options.endpoint().isEmpty() && options.profile().isEmpty());
    }

    @Test
    void takesTheCommandLineOverTheEnvironment() {
        CheckOptions options = CheckOptions.parse(
                List.of("--stream", "mine", "events.jsonl", "--timeout", "5"),
                Map.of(
                        "STREAM_NAME",
                        "theirs",
                        "TARGET_BUCKET",
                        "bucket",
                        "AWS_ENDPOINT_URL",
                        "http://localhost:1",
                        "SERVICE_FIELD",
                        "k8s.app"));
        assertEquals("k8s.app", options.serviceField());
        assertEquals("mine", options.stream());
        assertEquals("bucket", options.bucket());
        assertEquals(URI.create("http://localhost:1"), options.endpoint().orElseThrow());
        assertEquals(Duration.ofSeconds(5), options.timeout());
    }

    @Test
    void takesAwsRegionBeforeItsOlderNameAndTheOptionBeforeBoth() {
        Map<String, String> both = Map.of("AWS_DEFAULT_REGION", "eu-west-2", "AWS_REGION", "eu-west-1");
        assertEquals("eu-west-1", CheckOptions.parse(List.of("f"), both).region());
        assertEquals(
                "eu-west-3",
                CheckOptions.parse(List.of("f", "--region", "eu-west-3"), both).region());
        assertEquals(
                Duration.ofSeconds(90),
                CheckOptions.parse(List.of("f", "--timeout", "1.5m"), both).timeout());
    }

    @Test
    void anEmptyEndpointMeansAwsItself() {
        Map<String, String> local = Map.of("AWS_ENDPOINT_URL", "http://localhost:1");
        assertTrue(CheckOptions.parse(List.of("f", "--endpoint-url="), local)
                .endpoint()
                .isEmpty());
        assertTrue(CheckOptions.parse(List.of("f"), Map.of("AWS_ENDPOINT_URL", ""))
                .endpoint()
                .isEmpty());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("a", "b"),
                List.of("a", "--colour", "red"),
                List.of("a", "--stream"),
                List.of("a", "--timeout", "soon"))) {
            assertThrows(SettingsException.class, () -> CheckOptions.parse(wrong, Map.of()), wrong::toString);
        }
    }
}
