package io.millrace.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One of the runnable jars, as its own process. */
final class JavaProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Beside a stand-in at the endpoint, with credentials that mean nothing. */
    static JavaProcess start(String module, URI endpoint, Map<String, String> settings, String... arguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test"));
        environment.putAll(settings);
        return start(module, environment, arguments);
    }

    /** With these variables, and none of this process's own that have to do with AWS. */
    static JavaProcess start(String module, Map<String, String> environment, String... arguments) throws IOException {
        Path jar = Repository.ROOT.resolve(module + "/target/millrace-" + module + ".jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(module, ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.equals("CONFIG_FILE"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-of-" + module));
        return new JavaProcess(process, log);
    }

    /** Waits for a line with the pattern; returns its first group, or all that matched. */
    String awaitLine(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        Awaitility.await("a line with " + pattern + " in " + log)
                .atMost(PATIENCE)
                .failFast(
                        "the process has ended",
                        () -> !process.isAlive() && !found(compiled).find())
                .until(() -> found(compiled).find());
        Matcher found = found(compiled);
        if (!found.find()) {
            throw new IllegalStateException("the log has changed its mind");
        }
        return found.groupCount() > 0 ? found.group(1) : found.group();
    }

    private Matcher found(Pattern pattern) {
        return pattern.matcher(text());
    }

    private String text() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("it has not ended well:\n" + text());
        }
    }

    /** SIGTERM, and waits for the end. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitDeath();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitDeath();
    }

    private void awaitDeath() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end:\n" + text());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
