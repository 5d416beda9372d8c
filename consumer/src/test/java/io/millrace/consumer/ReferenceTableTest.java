package io.millrace.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.config.ConsumerSettings;
import io.millrace.settings.Reference;
import io.millrace.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holds the README's table of settings to the code. */
class ReferenceTableTest {

    private static final String START = "<!-- consumer-settings -->";
    private static final String END = "<!-- /consumer-settings -->";

    @Test
    void theReadmesTableIsTheCodes() throws IOException {
        Path readme = Path.of("..", "README.md");
        Assumptions.assumeTrue(Files.exists(readme), "there is no README.md");
        String text = Files.readString(readme);
        int start = text.indexOf(START);
        int end = text.indexOf(END);
        Assumptions.assumeTrue(start >= 0, "README.md has no marker " + START);
        assertTrue(end > start, "README.md has " + START + " but not " + END + " after it");
        assertEquals(
                Reference.markdown(ConsumerSettings.ALL).strip(),
                text.substring(start + START.length(), end).strip(),
                "README.md differs from the code between " + START + " and " + END
                        + "; put there what 'java -jar millrace-consumer.jar --help=markdown' prints");
    }

    @Test
    void everySettingsDefaultIsAllowed() {
        for (Setting<?> setting : ConsumerSettings.ALL) {
            if (!setting.defaultText().isEmpty()) {
                assertNotNull(setting.parser().apply(setting.defaultText()), setting.name());
            }
        }
    }

    @Test
    void noCellBreaksTheTable() {
        ConsumerSettings.ALL.forEach(setting -> assertTrue(
                !setting.meaning().contains("|") && !setting.allowed().contains("|"), setting.name()));
    }
}
