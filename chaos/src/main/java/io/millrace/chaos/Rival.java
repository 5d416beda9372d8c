package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.time.Duration;

/** A second process under a worker's name, for a while. */
final class Rival {

    /** How there comes to be one process again. */
    enum End {
        /** The second is killed. */
        KILLED,
        /** The second gets SIGTERM. */
        STOPPED,
        /** The first is killed, and the second is the worker from then on. */
        STAYS
    }

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    /** One that gets no shard lives so long. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final ConsumerProcess process;
    private final End end;
    private final Duration lifetime;
    private long due = System.nanoTime() + START_PATIENCE.toNanos();
    private boolean isReading;
    private boolean isStopping;

    /** @param lifetime from when it reads a shard */
    Rival(ConsumerProcess process, End end, Duration lifetime) {
        this.process = process;
        this.end = end;
        this.lifetime = lifetime;
    }

    /** Lets its life begin, where it reads by now. */
    void tick() throws IOException {
        if (!isReading && process.lines().stream().anyMatch(line -> line.contains("Consuming from shard"))) {
            isReading = true;
            due = System.nanoTime() + lifetime.toNanos();
        }
    }

    ConsumerProcess process() {
        return process;
    }

    void endNow() {
        isReading = true;
        if (!isStopping) {
            due = System.nanoTime();
        }
    }

    /** Whether it is time for it to take the first one's place. */
    boolean takesOver() {
        return end == End.STAYS && System.nanoTime() >= due;
    }

    /**
     * Ends it where that is due; whether it is gone.
     *
     * @throws IllegalStateException where it has ended by itself, or does not end when asked to
     */
    boolean isOver() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            if (isStopping) {
                return true;
            }
            throw new IllegalStateException(
                    "a second process has ended by itself with " + process.awaitExit() + "; its log: " + process.log());
        }
        if (System.nanoTime() < due) {
            return false;
        }
        if (isStopping) {
            throw new IllegalStateException("a second process does not end " + STOP_PATIENCE.toSeconds()
                    + " s after SIGTERM; its log: " + process.log());
        }
        if (end == End.STOPPED) {
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
            isStopping = true;
            due = System.nanoTime() + STOP_PATIENCE.toNanos();
            return false;
        }
        process.kill();
        return true;
    }
}
