package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From an event's put until its object is there, looked for every 20 ms, at a steady rate and FLUSH_INTERVAL=1. */
final class Latency {

    private static final int SHARDS = 2;
    private static final int EVENTS_PER_SECOND = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration LENGTH = Duration.ofSeconds(40);

    private Latency() {}

    static void run() throws IOException, InterruptedException {
        List<Long> micros = new ArrayList<>();
        try (Measured run = new Measured(SHARDS);
                ConsumerProcess consumer = run.consumer("worker-1").start()) {
            consumer.awaitLine("Consuming from shard");
            try (Load load = Load.start(run.cloud.kinesis(), run.ledger, EVENTS_PER_SECOND)) {
                watch(run, WARM_UP, new ArrayList<>());
                watch(run, LENGTH, micros);
            }
            Audit audit = run.awaitExact(Duration.ofMinutes(1));
            System.out.println(audit);
        }
        Collections.sort(micros);
        System.out.printf(
                "put to visible at %d events/s, %d events: p50 %.2f s, p99 %.2f s, longest %.2f s%n",
                EVENTS_PER_SECOND, micros.size(), at(micros, 0.5), at(micros, 0.99), at(micros, 1));
    }

    private static void watch(Measured run, Duration length, List<Long> micros)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            run.tally.refresh((line, id) -> micros.add(now() - putTime(line)));
            Thread.sleep(20);
        }
    }

    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    private static long putTime(String line) {
        int start = line.indexOf("\"put\":") + "\"put\":".length();
        return Long.parseLong(line, start, line.indexOf(',', start), 10);
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6;
    }
}
