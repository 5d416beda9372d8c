package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of the fleet's workers: a process under a stable name, that is revived some time after whatever befell it. */
final class Worker {

    private enum State {
        RUNNING,
        DEAD,
        FROZEN,
        STOPPING
    }

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    /** A shard that is another's by now has no place in a worker's status. */
    private static final Pattern NOT_IDLE =
            Pattern.compile("\"pendingCommit\":\\{|\"openRecords\":[1-9]|\"state\":\"(?!RUNNING)");

    private static final Pattern LOSS = Pattern.compile("[Ll]ost by Kinesis, by retention");

    private final String name;
    private final ConsumerProcess.Builder builder;
    private Target target = Target.FIRST;
    private ConsumerProcess process;
    private Optional<Rival> rival = Optional.empty();
    private State state = State.RUNNING;
    private long due;

    Worker(String name, ConsumerProcess.Builder builder) throws IOException {
        this.name = name;
        this.builder = builder.set("WORKER_ID", name);
        target.tell(builder);
        this.process = builder.start();
    }

    /** Whether it is neither dead, frozen nor stopping, and has come so far as to have a status page. */
    boolean isUp() throws IOException {
        return state == State.RUNNING && process.lines().stream().anyMatch(line -> line.contains("status on http://"));
    }

    /** Whether it is running, and has begun to read a shard. */
    boolean isReading() throws IOException {
        return state == State.RUNNING
                && process.lines().stream().anyMatch(line -> line.contains("Consuming from shard"));
    }

    /** How many objects this process has written so far. */
    long written() throws IOException {
        return process.lines().stream().filter(line -> line.contains("Wrote ")).count();
    }

    void kill(Duration revival) throws InterruptedException {
        process.kill();
        become(State.DEAD, revival);
    }

    void freeze(Duration revival) throws IOException, InterruptedException {
        process.freeze();
        become(State.FROZEN, revival);
    }

    /** SIGTERM; it is started again once it has ended. */
    void stop() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
        become(State.STOPPING, STOP_PATIENCE);
    }

    /** From its next start on it writes to another bucket. */
    void moveToNextBucket() {
        become(target.inNextBucket());
    }

    /** From its next start on it is told in another way where it reads and writes. */
    void tellOtherwise() {
        become(target.toldOtherwise());
    }

    private void become(Target next) {
        target = next;
        target.tell(builder);
    }

    /** Starts a second process under its name; whether there was none. */
    boolean rival(Rival.End end, Duration lifetime) throws IOException {
        if (rival.isPresent()) {
            return false;
        }
        rival = Optional.of(new Rival(builder.start(), end, lifetime));
        return true;
    }

    void endRival() {
        rival.ifPresent(Rival::endNow);
    }

    private void become(State next, Duration revival) {
        state = next;
        due = System.nanoTime() + revival.toNanos();
    }

    /**
     * Revives it where that is due.
     *
     * @throws IllegalStateException where it has ended by itself, or does not end when asked to
     */
    void tick() throws IOException, InterruptedException {
        if (rival.isPresent()) {
            tick(rival.get());
        }
        boolean isDue = System.nanoTime() >= due;
        switch (state) {
            case RUNNING -> {
                if (!process.isAlive()) {
                    throw failure("has ended by itself with " + process.awaitExit());
                }
            }
            case DEAD -> {
                if (isDue) {
                    start();
                }
            }
            case FROZEN -> {
                if (isDue) {
                    process.thaw();
                    state = State.RUNNING;
                }
            }
            case STOPPING -> {
                if (!process.isAlive()) {
                    start();
                } else if (isDue) {
                    throw failure("does not end " + STOP_PATIENCE.toSeconds() + " s after SIGTERM");
                }
            }
        }
    }

    private void tick(Rival second) throws IOException, InterruptedException {
        second.tick();
        if (second.takesOver() && state == State.RUNNING) {
            process.kill();
            refuseLoss();
            process = second.process();
            rival = Optional.empty();
        } else if (second.isOver()) {
            refuseLoss(second.process());
            rival = Optional.empty();
        }
    }

    private void start() throws IOException {
        refuseLoss();
        process = builder.start();
        state = State.RUNNING;
    }

    /** Whether it is up and holds nothing that is not committed. */
    boolean isIdle() throws IOException, InterruptedException {
        if (rival.isPresent() || !isUp()) {
            return false;
        }
        refuseLoss();
        String status = process.get("/status").body().replaceAll("\\s", "");
        return status.contains("\"ready\":true") && !NOT_IDLE.matcher(status).find();
    }

    /** What its status page says, and where its log is; for whoever asks why it is not idle. */
    String describe() throws IOException, InterruptedException {
        return name + " (" + state + ", log " + process.log() + "): "
                + (isUp() ? process.get("/status").body() : "");
    }

    /** Ends it, and holds that it ended as it should. */
    void end() throws IOException, InterruptedException {
        int code = process.terminate();
        refuseLoss();
        if (code != 0) {
            throw failure("ended with " + code + " on SIGTERM");
        }
    }

    void destroy() {
        process.close();
        rival.ifPresent(second -> second.process().close());
    }

    /** What Kinesis dropped unread would be this run's doing: its retention is short. */
    private void refuseLoss() throws IOException {
        refuseLoss(process);
    }

    private void refuseLoss(ConsumerProcess of) throws IOException {
        for (String line : of.lines()) {
            if (LOSS.matcher(line).find()) {
                throw new IllegalStateException(name + " says: " + line + "; its log: " + of.log());
            }
        }
    }

    private IllegalStateException failure(String what) throws IOException {
        List<String> lines = process.lines();
        List<String> tail = lines.subList(Math.max(0, lines.size() - 40), lines.size());
        return new IllegalStateException(name + " " + what + "; its last lines:\n" + String.join("\n", tail));
    }
}
