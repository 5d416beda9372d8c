package io.millrace.benchmarks.localaws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** local-aws from its jar, in a process of its own on a free port. */
public final class LocalAwsProcess implements AutoCloseable {

    private static final Pattern ENDPOINT = Pattern.compile("Serving .* at (http://\\S+)");
    private static final String JAR = "local-aws/target/millrace-local-aws.jar";

    private final Process process;
    private final URI endpoint;

    private LocalAwsProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    public static LocalAwsProcess start(Path root, List<String> jvmOptions, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", root.resolve(JAR).toString(), "--port", "0"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        String line;
        while ((line = log.readLine()) != null) {
            Matcher found = ENDPOINT.matcher(line);
            if (found.find()) {
                Thread drain = new Thread(() -> pass(log), "local-aws-log");
                drain.setDaemon(true);
                drain.start();
                return new LocalAwsProcess(process, URI.create(found.group(1)));
            }
            System.err.println(line);
        }
        throw new IOException("local-aws ended before it served");
    }

    /** So that the process never waits for a full pipe. */
    private static void pass(BufferedReader log) {
        try {
            log.lines().forEach(System.err::println);
        } catch (UncheckedIOException e) {
            // The process has ended.
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Processor time so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
