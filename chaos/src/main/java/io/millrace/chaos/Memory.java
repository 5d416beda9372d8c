package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** 192 MB of heap under what takes the most: S3 away until all buffers are full, and thousands of open partitions. */
final class Memory {

    private static final int SHARDS = 16;
    private static final int PARTITIONS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration HELD = Duration.ofSeconds(15);
    private static final Pattern BUFFER = Pattern.compile("\"buffer\":\\{\"bytes\":(\\d+),\"limitBytes\":(\\d+)");

    private Memory() {}

    static void run() throws IOException, InterruptedException {
        // Twice what the buffers take, so that reading has to wait; then a backlog of large records.
        fullBuffers(130_000, 1_000);
        fullBuffers(4_000, 100_000);
        openPartitions();
    }

    /** The backlog of large records alone, so many times. */
    static void runLarge(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            fullBuffers(4_000, 100_000);
        }
    }

    private static void fullBuffers(int events, int bytesEach) throws IOException, InterruptedException {
        Heap heap = new Heap();
        try (Measured run = new Measured(SHARDS);
                ConsumerProcess consumer = run.consumer("worker-1", heap.jvmOption())
                        .set("FLUSH_INTERVAL", "60")
                        .start()) {
            run.cloud.aws().faults().add(Fault.serverError("s3:PutObject", 503));
            String message = "x".repeat(bytesEach - 100);
            run.put(events, bytesEach, id -> Load.event(id, "svc-" + id % 10, message));
            long end = System.nanoTime() + PATIENCE.toNanos();
            double fill = 0;
            while (fill < 0.85) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the buffers are only " + Math.round(fill * 100) + " % full");
                }
                Thread.sleep(500);
                fill = fill(consumer);
            }
            Thread.sleep(HELD.toMillis());
            System.out.printf(
                    "%d shards, %d records of %d bytes, S3 away for %d s more, buffers %.0f %% full: %d MB of 192"
                            + " after a full GC%n",
                    SHARDS,
                    events,
                    bytesEach,
                    HELD.toSeconds(),
                    fill(consumer) * 100,
                    heap.afterFullCollection(consumer.pid()));
            run.cloud.aws().faults().clear();
            System.out.println("S3 back: " + run.awaitExact(PATIENCE) + ", most after a full GC " + heap.mostAfterFull()
                    + " MB, process " + (consumer.isAlive() ? "alive" : "DEAD"));
        }
    }

    private static void openPartitions() throws IOException, InterruptedException {
        Heap heap = new Heap();
        try (Measured run = new Measured(1);
                ConsumerProcess consumer = run.consumer("worker-1", heap.jvmOption())
                        .set("FLUSH_INTERVAL", "20")
                        .start()) {
            consumer.awaitLine("Consuming from shard");
            run.put(20_000, id -> Load.event(id, "svc-" + id % (PARTITIONS / 2), "one of many services"));
            Thread.sleep(5_000);
            int left = heap.afterFullCollection(consumer.pid());
            String status = status(consumer);
            Matcher open = Pattern.compile("\"openRecords\":(\\d+)").matcher(status);
            System.out.println("1 shard, " + (open.find() ? open.group(1) : "no") + " open records, " + left
                    + " MB of 192 after a full GC");
            System.out.println(run.awaitExact(PATIENCE) + " in " + run.tally.objects() + " objects, process "
                    + (consumer.isAlive() ? "alive" : "DEAD"));
        }
    }

    private static String status(ConsumerProcess consumer) throws IOException, InterruptedException {
        return consumer.get("/status").body().replaceAll("\\s", "");
    }

    private static double fill(ConsumerProcess consumer) throws IOException, InterruptedException {
        Matcher buffer = BUFFER.matcher(status(consumer));
        return buffer.find() ? Double.parseDouble(buffer.group(1)) / Double.parseDouble(buffer.group(2)) : 0;
    }
}
