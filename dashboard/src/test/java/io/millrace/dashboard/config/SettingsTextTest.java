package io.millrace.dashboard.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SettingsTextTest {

    private static final String START = "<!-- dashboard-settings -->\n";
    private static final String END = "<!-- /dashboard-settings -->";

    @Test
    void helpNamesEverySetting() {
        for (Setting setting : Setting.values()) {
            assertTrue(SettingsText.help().contains("  " + setting), setting::name);
        }
    }

    @Test
    void theReadmesTableIsTheOneTheCodeMakes() throws IOException {
        Path readme = Path.of("..", "README.md");
        Assumptions.assumeTrue(Files.exists(readme), "no README yet");
        String text = Files.readString(readme);
        Assumptions.assumeTrue(text.contains(START), "README without " + START.trim());

        String table = text.substring(text.indexOf(START) + START.length(), text.indexOf(END));

        assertEquals(SettingsText.markdownTable().trim(), table.trim());
    }
}
