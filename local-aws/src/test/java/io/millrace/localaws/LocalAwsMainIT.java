package io.millrace.localaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.testing.OneTryClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process, as a child JVM. */
@Timeout(60)
class LocalAwsMainIT {

    @Test
    void servesUntilSigterm() throws Exception {
        Process process = start("--port", "0", "--init");
        try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = readUntil(log, "Ready.");
            URI endpoint = URI.create(wordWith("http://", lines));
            Path objects = Path.of(wordWith("/s3", lines));
            try (OneTryClients clients = new OneTryClients(endpoint)) {
                assertEquals(2, clients.kinesis.listStreams().streamNames().size());
            }
            assertTrue(Files.isDirectory(objects.resolve("md-raw-logs")));

            process.toHandle().destroy(); // Process.destroy would close its output too.

            readUntil(log, "Stopped.");
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
            assertFalse(Files.exists(objects));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTakenPortIsOneLineAndExit1() throws Exception {
        try (LocalAws aws = LocalAws.start(LocalAwsSettings.ephemeral())) {
            String port = String.valueOf(aws.endpoint().getPort());

            Finished second = run("--port", port);

            assertEquals(1, second.exit, second.output);
            assertEquals(1, second.output.lines().count(), second.output);
            assertTrue(second.output.contains("port " + port), second.output);
        }
    }

    @Test
    void wrongOptionsAreListedAndExit2() throws Exception {
        Finished wrong = run("--port", "many", "--check-config");

        assertEquals(2, wrong.exit, wrong.output);
        assertTrue(wrong.output.contains("LOCAL_AWS_BIND=127.0.0.1"), wrong.output);
        assertTrue(
                wrong.output.contains("--port=many is not allowed; allowed: a whole number from 0 to 65535"),
                wrong.output);
        assertEquals(0, run("--check-config").exit);
    }

    @Test
    void explainsItself() throws Exception {
        Finished help = run("--help");

        assertEquals(0, help.exit);
        LocalAwsOptions.ALL.forEach(
                setting -> setting.names().forEach(name -> assertTrue(help.output.contains(name), name)));
        assertTrue(run("--version").output.startsWith("millrace-local-aws "));
    }

    private record Finished(int exit, String output) {}

    private static Finished run(String... arguments) throws Exception {
        Process process = start(arguments);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String all = String.join("\n", output.lines().toList());
            return new Finished(process.waitFor(), all);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LocalAwsMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<String> readUntil(BufferedReader log, String end) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            lines.add(line);
            if (line.endsWith(end)) {
                return lines;
            }
        }
        throw new AssertionError("no \"" + end + "\" in " + lines);
    }

    private static String wordWith(String part, List<String> lines) {
        return lines.stream()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .filter(word -> word.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + part + " in " + lines));
    }
}
