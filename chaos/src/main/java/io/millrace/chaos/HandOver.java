package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * An earlier version hands over to this one under load, with commits pending and without a stop; refuses to start afterwards;
 * and is rolled back to. Every event is in the lake once after each step.
 */
final class HandOver implements AutoCloseable {

    private static final int SHARDS = 4;
    private static final int EVENTS_PER_SECOND = 200;
    private static final int EVENTS = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(40);
    private static final Pattern PENDING = Pattern.compile("\"pendingCommit\":\\{");

    private final Path earlierJar;
    private final boolean streams;
    private final Measured run = new Measured(SHARDS);

    /** @param streams whether workers are given STREAMS, else STREAM_NAME and TARGET_BUCKET */
    HandOver(Path earlierJar, boolean streams) throws IOException {
        this.earlierJar = earlierJar;
        this.streams = streams;
    }

    void run() throws IOException, InterruptedException {
        System.out.println(streams ? "workers with STREAMS" : "workers with STREAM_NAME and TARGET_BUCKET");
        try (ConsumerProcess survivor = earlier("worker-1").start();
                ConsumerProcess victim = earlier("worker-2").start();
                ConsumerProcess next = handOver(survivor, victim)) {
            refuse();
            try (ConsumerProcess second = current("worker-2").start()) {
                rollBackTooEarly(next, second);
            }
        }
        try (ConsumerProcess frozen = rollBackBesideAFrozenWorker();
                ConsumerProcess back = earlier("worker-1").start()) {
            try (Load load = load()) {
                back.awaitLine("Wrote \\d+ logs", PATIENCE);
                frozen.thaw();
                frozen.awaitLine("roll-back has given the leases .* back", PATIENCE);
            }
            frozen.awaitExit();
            tell("rolled back, the earlier version goes on, a worker that was frozen ends", run.awaitExact(PATIENCE));
            try (ConsumerProcess again = current("worker-2").start()) {
                try (Load load = load()) {
                    again.awaitLine("Wrote \\d+ logs", PATIENCE);
                }
                tell("handed over once more", run.awaitExact(PATIENCE));
            }
        }
    }

    private ConsumerProcess handOver(ConsumerProcess survivor, ConsumerProcess victim)
            throws IOException, InterruptedException {
        ConsumerProcess next;
        try (Load load = load()) {
            survivor.awaitLine("Wrote \\d+ logs", PATIENCE);
            victim.awaitLine("Wrote \\d+ logs", PATIENCE);
            killWithinCommit(victim);
            next = current("worker-3").start();
            next.awaitLine("Took the lease of .* over from an earlier version", PATIENCE);
            next.awaitLine("Wrote \\d+ logs", PATIENCE);
            terminate(survivor);
        }
        tell("handed over, with a pending commit", run.awaitExact(PATIENCE));
        return next;
    }

    /** The earlier version, started beside the new one, reads nothing. */
    private void refuse() throws IOException, InterruptedException {
        try (ConsumerProcess refused = earlier("worker-4").start()) {
            refused.awaitLine("Waiting for leases of stream", PATIENCE);
            run.put(EVENTS);
            tell("an earlier version that is started again waits", run.awaitExact(PATIENCE));
            if (refused.lines().stream().anyMatch(line -> line.contains("Consuming from") || line.contains("Wrote "))) {
                throw new IllegalStateException("the earlier version reads: " + refused.log());
            }
        }
    }

    /** A roll-back must not pass over pending commits or live workers. */
    private void rollBackTooEarly(ConsumerProcess first, ConsumerProcess second)
            throws IOException, InterruptedException {
        try (Load load = load()) {
            second.awaitLine("Wrote \\d+ logs", PATIENCE);
            expect(1, "--execute");
            killWithinCommit(second);
            first.kill();
            expect(1, "--execute");
        }
        try (ConsumerProcess drain = current("worker-1").start()) {
            run.put(EVENTS);
            run.awaitExact(PATIENCE);
            terminate(drain);
        }
        tell(
                "live workers and pending commits were in the way of a roll-back, and are drained",
                run.awaitExact(PATIENCE));
    }

    private ConsumerProcess rollBackBesideAFrozenWorker() throws IOException, InterruptedException {
        ConsumerProcess frozen = current("worker-5").start();
        frozen.awaitLine("Consuming from shard", PATIENCE);
        run.awaitExact(PATIENCE);
        frozen.freeze();
        expect(0);
        expect(0, "--execute");
        return frozen;
    }

    private void expect(int exitCode, String... options) throws IOException, InterruptedException {
        String[] words = new String[options.length + 1];
        words[0] = "roll-back";
        System.arraycopy(options, 0, words, 1, options.length);
        try (ConsumerProcess rollBack = current("nobody").arguments(words).start()) {
            int code = rollBack.awaitExit();
            String said = String.join(" ", rollBack.lines());
            System.out.println("  roll-back " + String.join(" ", options) + ": exit " + code + ": " + said);
            if (code != exitCode) {
                throw new IllegalStateException("roll-back ends with " + code + ", not " + exitCode + ": " + said);
            }
        }
    }

    /** Kills it between two of a batch's objects, with the commit pending. */
    private void killWithinCommit(ConsumerProcess worker) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            run.cloud.aws().faults().add(FaultDraw.slowPuts());
            long written = written(worker);
            while (System.nanoTime() < end && written(worker) == written) {
                Thread.sleep(POLL.toMillis());
            }
            if (PENDING.matcher(worker.get("/status").body().replaceAll("\\s", ""))
                    .find()) {
                worker.kill();
                return;
            }
        }
        throw new IllegalStateException("no commit could be interrupted within " + PATIENCE);
    }

    private static long written(ConsumerProcess worker) throws IOException {
        return worker.lines().stream().filter(line -> line.contains("Wrote ")).count();
    }

    private static void terminate(ConsumerProcess worker) throws IOException, InterruptedException {
        int code = worker.terminate();
        if (code != 0) {
            throw new IllegalStateException("a worker ended with " + code + " on SIGTERM: " + worker.log());
        }
    }

    private Load load() {
        return Load.start(
                run.cloud.kinesis(), run.ledger, EVENTS_PER_SECOND, new InputForms(new Random(1)), Optional.empty());
    }

    private ConsumerProcess.Builder earlier(String worker) {
        return current(worker).version(earlierJar);
    }

    private ConsumerProcess.Builder current(String worker) {
        ConsumerProcess.Builder builder =
                run.consumer(worker).set("FAILOVER_TIME", "3").set("SHUTDOWN_TIMEOUT", "10");
        new Target(0, streams).tell(builder);
        return builder;
    }

    private void tell(String what, Audit audit) {
        System.out.println("  " + what + ": " + audit);
    }

    @Override
    public void close() {
        run.close();
    }
}
