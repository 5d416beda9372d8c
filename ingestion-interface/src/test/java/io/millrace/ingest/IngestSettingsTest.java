package io.millrace.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.producer.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- ingest-settings -->";
    private static final String END = "<!-- /ingest-settings -->";

    @Test
    void withoutVariablesItListensOnLoopbackOnly() {
        IngestConfig config = IngestSettings.read(Map.of());
        assertEquals("127.0.0.1", config.host());
        assertEquals(8004, config.port());
        assertEquals(Optional.empty(), config.token());
    }

    @Test
    void theTokenIsHidden() {
        Map<String, String> described = IngestSettings.describe(IngestSettings.read(Map.of("INGEST_TOKEN", "hunter2")));
        assertEquals("(set)", described.get("INGEST_TOKEN"));
        assertFalse(described.toString().contains("hunter2"));
    }

    @Test
    void everyProblemIsToldTheProducersToo() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> IngestSettings.read(
                        Map.of("INGEST_PORT", "70000", "LOG_FORMAT", "xml", "PRODUCER_LINGER", "soon")));
        assertEquals(
                List.of(
                        "INGEST_PORT=70000: allowed is 0 to 65535; 0 picks a free one",
                        "LOG_FORMAT=xml: allowed is text, json",
                        "PRODUCER_LINGER=soon: allowed is 0ms to 1m"),
                e.problems());
    }

    @Test
    void helpNamesEveryVariable() {
        String help = IngestHelp.text();
        IngestSettings.OWN.forEach(setting -> assertTrue(help.contains(setting.name()), setting.name()));
        assertTrue(help.contains("PRODUCER_SPILL_DIR"));
    }

    @Test
    void theReadmesTableIsTheCodes() throws IOException {
        assumeTrue(Files.exists(README), "no README yet");
        String readme = Files.readString(README);
        assumeTrue(readme.contains(BEGIN), "the README has no table of these settings yet");
        String table = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));

        assertEquals(IngestSettings.markdown().strip(), table.strip());
    }
}
