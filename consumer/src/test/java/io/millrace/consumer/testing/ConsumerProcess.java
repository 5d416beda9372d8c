package io.millrace.consumer.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A consumer in a Java process of its own, to be killed, frozen and stopped as real ones are. It dies with the test's
 * JVM, and its status port is a free one.
 *
 * <pre>{@code
 * try (ConsumerProcess consumer = ConsumerProcess.builder(endpoint).set("FLUSH_INTERVAL", "1").start()) {
 *     consumer.awaitLine("Wrote \\d+ logs");
 *     consumer.kill();
 * }
 * }</pre>
 */
public final class ConsumerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern STATUS = Pattern.compile("status on http://([^\\s]+)");

    private final Process process;
    private final Path log;
    private final boolean keepsLog;
    private final HttpClient http = HttpClient.newHttpClient();

    private ConsumerProcess(Process process, Path log, boolean keepsLog) {
        this.process = process;
        this.log = log;
        this.keepsLog = keepsLog;
    }

    /** What a process is started with. */
    public static final class Builder {

        private Optional<Path> logs = Optional.empty();
        private String classPath = System.getProperty("java.class.path");
        private final Map<String, String> environment = new java.util.HashMap<>();
        private List<String> arguments = List.of();
        private final List<String> jvmOptions =
                new ArrayList<>(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));

        private Builder(URI endpoint) {
            environment.put("AWS_ENDPOINT_URL", endpoint.toString());
            environment.put("AWS_ACCESS_KEY_ID", "test");
            environment.put("AWS_SECRET_ACCESS_KEY", "test");
            environment.put("STATUS_PORT", "0");
            environment.put("FLUSH_INTERVAL", "1");
        }

        public Builder set(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Back to the variable's default. */
        public Builder unset(String name) {
            environment.remove(name);
            return this;
        }

        /** Keeps logs in a folder that is the caller's; else each goes with its process when that is closed. */
        public Builder logsIn(Path folder) {
            logs = Optional.of(folder);
            return this;
        }

        /** Replaces the JVM's options. */
        public Builder jvm(String... options) {
            jvmOptions.clear();
            jvmOptions.addAll(List.of(options));
            return this;
        }

        /** Has it find these classes before any others. */
        public Builder classesFirst(Path folder) {
            classPath = folder + File.pathSeparator + classPath;
            return this;
        }

        /** Runs another version, of that jar alone. */
        public Builder version(Path jar) {
            classPath = jar.toString();
            return this;
        }

        /** Gives it a command line, such as a subcommand. */
        public Builder arguments(String... words) {
            arguments = List.of(words);
            return this;
        }

        /** Starts it; does not wait. */
        public ConsumerProcess start() throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.addAll(List.of("-cp", classPath, "io.millrace.consumer.ConsumerMain"));
            command.addAll(arguments);
            Path log = logs.isPresent()
                    ? Files.createTempFile(logs.get(), "consumer-", ".log")
                    : Files.createTempFile("consumer-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.equals("CONFIG_FILE"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ConsumerProcess(process, log, logs.isPresent());
        }
    }

    /** A consumer of the AWS at that endpoint. */
    public static Builder builder(URI endpoint) {
        return new Builder(endpoint);
    }

    /** Waits for a line that the pattern finds something in; returns that line. */
    public String awaitLine(String pattern) throws IOException, InterruptedException {
        return awaitLine(pattern, PATIENCE);
    }

    /** @throws IllegalStateException where the line does not come, with the log */
    public String awaitLine(String pattern, Duration patience) throws IOException, InterruptedException {
        Pattern compiled = Pattern.compile(pattern);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean wasAlive = process.isAlive();
            for (String line : lines()) {
                if (compiled.matcher(line).find()) {
                    return line;
                }
            }
            if (!wasAlive || System.nanoTime() > deadline) {
                throw new IllegalStateException("no line has '" + pattern + "' "
                        + (wasAlive ? "within " + patience : "and the process has ended with " + process.exitValue())
                        + ":\n" + String.join("\n", lines()));
            }
            Thread.sleep(50);
        }
    }

    /** Every line so far. */
    public List<String> lines() throws IOException {
        return Files.readAllLines(log);
    }

    /** The answer of a status page, whatever its code. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        Matcher address = STATUS.matcher(awaitLine(STATUS.pattern()));
        if (!address.find()) {
            throw new IllegalStateException("the line has no address");
        }
        URI uri = URI.create("http://" + address.group(1) + path);
        return http.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** How many shards it lists in {@code /status}. */
    public long shards() throws IOException, InterruptedException {
        return get("/status")
                .body()
                .lines()
                .filter(line -> line.contains("\"shardId\""))
                .count();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM; waits for the end. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** The exit code, once it has ended by itself. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process has not ended within " + PATIENCE);
        }
        return process.exitValue();
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGSTOP: from now on it is a zombie to others. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " " + pid() + " answered " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        if (!keepsLog) {
            delete(log);
        }
    }

    /** Deletes a folder of logs. */
    public static void deleteLogs(Path folder) throws IOException {
        try (Stream<Path> logs = Files.list(folder)) {
            logs.forEach(ConsumerProcess::delete);
        }
        Files.delete(folder);
    }

    private static void delete(Path log) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
