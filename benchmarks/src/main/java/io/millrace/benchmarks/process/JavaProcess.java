package io.millrace.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java process whose output is kept, to be waited for and shown when it fails. Dies with this process at the latest.
 *
 * <pre>{@code
 * try (JavaProcess loader = JavaProcess.main("io.millrace…LoaderMain", List.of("-Xmx512m"), Map.of(), "argument")) {
 *     loader.await("ready on (\\d+)", Duration.ofMinutes(1));
 * }
 * }</pre>
 */
public final class JavaProcess implements AutoCloseable {

    private static final int SHOWN_LINES = 40;
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "MALLOC_ARENA_MAX");

    private final Process process;
    private final BufferedWriter input;
    private final Usage usage;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private JavaProcess(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.usage = new Usage(process.toHandle());
        Thread reader = new Thread(this::read, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-of-" + process.pid()));
    }

    /** A class of this module, on this process's class path. */
    public static JavaProcess main(String mainClass, List<String> jvm, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(args));
        return start(command, environment);
    }

    /** A runnable jar. */
    public static JavaProcess jar(Path jar, List<String> jvm, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(args));
        return start(command, environment);
    }

    private static JavaProcess start(List<String> command, Map<String, String> environment) throws IOException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().retainAll(KEPT); // whatever else a shell has set would be a setting of theirs
        builder.environment().putAll(environment);
        return new JavaProcess(builder.start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException | UncheckedIOException e) {
            add("its output ended: " + e);
        }
        end();
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * Waits for a line that the pattern is found in.
     *
     * @return the pattern's first group, or the line where it has none
     * @throws IllegalStateException where the line does not come, with the last lines
     */
    public synchronized String await(String pattern, Duration patience) throws InterruptedException {
        Pattern compiled = Pattern.compile(pattern);
        long deadline = System.nanoTime() + patience.toNanos();
        for (int next = 0; ; ) {
            for (; next < lines.size(); next++) {
                Matcher found = compiled.matcher(lines.get(next));
                if (found.find()) {
                    return found.groupCount() > 0 ? found.group(1) : lines.get(next);
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (ended || left <= 0) {
                throw new IllegalStateException(
                        "no line has \"" + pattern + "\"" + (ended ? ", it ended" : "") + ":\n" + lastLines());
            }
            wait(left);
        }
    }

    /** Gives it a line to read. */
    public void say(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /** How many lines the pattern is found in, so far. */
    public synchronized long count(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return lines.stream().filter(line -> compiled.matcher(line).find()).count();
    }

    public long pid() {
        return process.pid();
    }

    /** @throws IllegalStateException where it has ended, with the last lines */
    public synchronized void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("it has ended with " + process.exitValue() + ":\n" + lastLines());
        }
    }

    /** What it said last. */
    public synchronized String lastLines() {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** What it and its children use. */
    public Usage usage() {
        return usage;
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and SIGKILL if it does not end within a quarter of a minute; its children end with it. */
    @Override
    public void close() {
        usage.close();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
