package io.millrace.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that are told to end. */
@Timeout(60)
class ServiceTest {

    private static Process start(String how) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceMain.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
    }

    @ParameterizedTest
    @CsvSource({"stops, stopped, 0", "fails, stopped, 4", "hangs, not stopped within 2 s, 1"})
    void afterSigtermTheWorkDecides(String how, String lastWord, int exitCode) throws Exception {
        Process process = start(how);
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            process.toHandle().destroy(); // the process itself would close its output here
            String line = output.readLine();
            assertTrue(line.contains(lastWord), line);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(exitCode, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void workThatEndsByItselfKeepsItsExitCode() throws Exception {
        Process process = start("ends");
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(3, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
