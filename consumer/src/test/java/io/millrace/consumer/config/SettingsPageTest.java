package io.millrace.consumer.config;

import io.millrace.settings.SettingsPage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/settings.md to the code. */
class SettingsPageTest {

    @Test
    void thePagesTableIsTheCodes() throws IOException {
        new SettingsPage(Path.of("..")).hold("consumer", ConsumerSettings.ALL);
    }
}
