package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.time.Duration;

/** From a kill -9 until every event that is put just after it is in S3, with the default fail-over time. */
final class Recovery {

    private static final int SHARDS = 4;
    private static final int RUNS = 3;
    private static final int EVENTS = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Recovery() {}

    static void run() throws IOException, InterruptedException {
        for (int i = 1; i <= RUNS; i++) {
            System.out.printf("one of two workers killed, run %d: %.1f s%n", i, oneOfTwo() / 1e9);
        }
        for (int i = 1; i <= RUNS; i++) {
            System.out.printf("sole worker killed and restarted, run %d: %.1f s%n", i, restarted() / 1e9);
        }
    }

    private static long oneOfTwo() throws IOException, InterruptedException {
        try (Measured run = new Measured(SHARDS);
                ConsumerProcess first = run.consumer("worker-1").start();
                ConsumerProcess second = run.consumer("worker-2").start()) {
            awaitShards(first, SHARDS / 2);
            awaitShards(second, SHARDS / 2);
            settle(run);
            long start = System.nanoTime();
            second.kill();
            run.put(EVENTS);
            run.awaitExact(PATIENCE);
            return System.nanoTime() - start;
        }
    }

    private static long restarted() throws IOException, InterruptedException {
        try (Measured run = new Measured(SHARDS)) {
            try (ConsumerProcess first = run.consumer("worker-1").start()) {
                settle(run);
                run.put(EVENTS);
                first.kill();
            }
            long start = System.nanoTime();
            try (ConsumerProcess again = run.consumer("worker-1").start()) {
                run.put(EVENTS);
                run.awaitExact(PATIENCE);
                long took = System.nanoTime() - start;
                again.kill();
                return took;
            }
        }
    }

    /** Until all is read and committed that was put so far, twice. */
    private static void settle(Measured run) throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            run.put(EVENTS);
            run.awaitExact(PATIENCE);
        }
    }

    private static void awaitShards(ConsumerProcess consumer, long shards) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.get("/status").body().split("\"shardId\"", -1).length - 1 != shards) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the workers do not share the shards within " + PATIENCE);
            }
            Thread.sleep(200);
        }
    }
}
