package io.millrace.benchmarks.producer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The parent's side of a {@link SenderProcess}: gives it its commands and watches what it takes. */
final class ContenderProcess implements AutoCloseable {

    private static final long SAMPLE_MILLIS = 50;

    final Contender contender;
    private final Process process;
    private final ProcessTree tree;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final Thread watch;
    private volatile long peakBytes;

    private ContenderProcess(Contender contender, Process process) {
        this.contender = contender;
        this.process = process;
        this.tree = new ProcessTree(process.toHandle());
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.watch = new Thread(this::watch, "memory-" + contender.title);
        this.watch.setDaemon(true);
        this.watch.start();
    }

    static ContenderProcess start(Contender contender, Target target, List<String> jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SenderProcess.class.getName(),
                contender.title,
                target.endpoint().toString(),
                String.valueOf(target.tlsPort()),
                target.stream()));
        return new ContenderProcess(
                contender,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    private void watch() {
        try {
            while (process.isAlive()) {
                peakBytes = Math.max(peakBytes, tree.residentBytes());
                Thread.sleep(SAMPLE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends as fast as it goes. */
    RawRun run(int round, int events, Duration serverCpuBefore, ServerCpu server) throws IOException {
        return command(round, events, "run " + events, serverCpuBefore, server);
    }

    /** Sends at a rate. */
    RawRun pace(int round, int events, int perSecond, Duration serverCpuBefore, ServerCpu server) throws IOException {
        return command(round, events, "pace " + events + " " + perSecond, serverCpuBefore, server);
    }

    /** The server's processor time so far. */
    @FunctionalInterface
    interface ServerCpu {
        Duration now();
    }

    private RawRun command(int round, int events, String line, Duration serverBefore, ServerCpu server)
            throws IOException {
        Duration before = tree.cpu();
        commands.write(line + "\n");
        commands.flush();
        String answer = answers.readLine();
        while (answer != null && !answer.startsWith(SenderProcess.DONE)) {
            // The JVM itself, as about a flight recording.
            System.err.println(answer);
            answer = answers.readLine();
        }
        if (answer == null) {
            throw new IOException(contender.title + " ended in the middle of a run: see above");
        }
        String[] words = answer.split(" ");
        return new RawRun(
                contender.title,
                round,
                events,
                Long.parseLong(words[1]) / 1e9,
                tree.cpu().minus(before).toMillis() / 1e3,
                server.now().minus(serverBefore).toMillis() / 1e3,
                Long.parseLong(words[2]) / 1e6,
                Long.parseLong(words[3]) / 1e6,
                peakBytes);
    }

    /** Most resident bytes so far, with child processes. */
    long peakBytes() {
        return peakBytes;
    }

    @Override
    public void close() {
        watch.interrupt();
        try {
            commands.close();
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
