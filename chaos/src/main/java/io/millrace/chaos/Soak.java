package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A steady load for a long time: the heap after full collections must not grow, and every event must be there once. */
final class Soak {

    private static final int SHARDS = 5;
    private static final int SAMPLES = 20;
    /** What the last quarter may be over the second one: less is the collector's and the compiler's noise. */
    private static final int TOLERANCE_MB = 5;

    private Soak() {}

    static void run(double minutes, int eventsPerSecond) throws IOException, InterruptedException {
        Heap heap = new Heap();
        List<Integer> left = new ArrayList<>();
        try (Measured run = new Measured(SHARDS);
                ConsumerProcess consumer = run.consumer("worker-1", heap.jvmOption())
                        .set("FLUSH_INTERVAL", "10")
                        .start()) {
            consumer.awaitLine("Consuming from shard");
            long start = System.nanoTime();
            try (Load load = Load.start(run.cloud.kinesis(), run.ledger, eventsPerSecond)) {
                for (int i = 1; i <= SAMPLES; i++) {
                    long due = start + (long) (minutes * 60e9 * i / SAMPLES);
                    Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                    left.add(heap.afterFullCollection(consumer.pid()));
                    run.tally.refresh();
                    System.out.printf(
                            "%4d s: heap after a full GC %d MB, %d events put, %d in the lake%n",
                            (System.nanoTime() - start) / 1_000_000_000,
                            left.get(left.size() - 1),
                            run.ledger.count(),
                            run.tally.seen(1).cardinality());
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%s, %.0f events/s%n", run.awaitExact(Duration.ofMinutes(3)), run.ledger.count() / seconds);
        }
        double early = mean(left.subList(SAMPLES / 4, SAMPLES / 2));
        double late = mean(left.subList(SAMPLES * 3 / 4, SAMPLES));
        System.out.printf(
                "heap after a full GC: second quarter %.1f MB, last quarter %.1f MB: %s%n",
                early, late, late <= early + TOLERANCE_MB ? "flat" : "NOT FLAT");
        if (late > early + TOLERANCE_MB) {
            throw new IllegalStateException("the heap grows");
        }
    }

    private static double mean(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }
}
