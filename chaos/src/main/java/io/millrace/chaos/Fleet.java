package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Several workers of one application. */
final class Fleet implements AutoCloseable {

    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(3);
    /** JVMs start slowly on a busy machine, and whoever does not read yet cannot be struck in a commit. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(40);

    private final List<Worker> workers = new ArrayList<>();

    Fleet(URI endpoint, int size, ChaosOptions options) throws IOException {
        for (int i = 1; i <= size; i++) {
            workers.add(new Worker("worker-" + i, consumer(endpoint, options)));
        }
    }

    /** Small heaps, small batches, and quick to take a silent worker's shards over. */
    private static ConsumerProcess.Builder consumer(URI endpoint, ChaosOptions options) {
        ConsumerProcess.Builder consumer = ConsumerProcess.builder(endpoint)
                .set("APPLICATION_NAME", Cloud.NAME)
                .set("FLUSH_INTERVAL", options.wide() ? "6" : "1")
                .set("FAILOVER_TIME", options.wide() ? "10" : "3")
                .set("SHUTDOWN_TIMEOUT", "5")
                .set("FLUSH_BYTES", "4M")
                .set("MAX_BUFFER_BYTES", "8M")
                .set("MAX_INTAKE_BYTES", "10M")
                .jvm("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        return options.dedupe() ? consumer.set("DEDUPE_FIELD", "id") : consumer;
    }

    /**
     * One that reads, taken in the middle of a commit where one comes within a while; empty where fewer than two are up, for
     * somebody must go on, or none reads.
     */
    Optional<Worker> victim(Random random) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        Map<Worker, Long> written = written();
        while (written.isEmpty() && System.nanoTime() < end) {
            tick();
            Thread.sleep(POLL.toMillis());
            written = written();
        }
        end = System.nanoTime() + COMMIT_PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (Map.Entry<Worker, Long> worker : written.entrySet()) {
                if (worker.getKey().written() > worker.getValue()) {
                    return Optional.of(worker.getKey());
                }
            }
            Thread.sleep(POLL.toMillis());
        }
        List<Worker> reading =
                workers.stream().filter(written.keySet()::contains).toList();
        return reading.isEmpty() ? Optional.empty() : Optional.of(reading.get(random.nextInt(reading.size())));
    }

    /** How many objects each has written that reads; none, where fewer than two are up. */
    private Map<Worker, Long> written() throws IOException {
        Map<Worker, Long> written = new HashMap<>();
        int up = 0;
        for (Worker worker : workers) {
            up += worker.isUp() ? 1 : 0;
            if (worker.isReading()) {
                written.put(worker, worker.written());
            }
        }
        return up < 2 ? Map.of() : written;
    }

    void tick() throws IOException, InterruptedException {
        for (Worker worker : workers) {
            worker.tick();
        }
    }

    /** There is one process under each name again, soon. */
    void endRivals() {
        workers.forEach(Worker::endRival);
    }

    /** Whether all are up and hold nothing that is not committed. */
    boolean isIdle() throws IOException, InterruptedException {
        for (Worker worker : workers) {
            if (!worker.isIdle()) {
                return false;
            }
        }
        return true;
    }

    /** Each worker's state, at length. */
    String describe() throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (Worker worker : workers) {
            all.append(worker.describe()).append('\n');
        }
        return all.toString();
    }

    /** Ends all by SIGTERM. */
    void end() throws IOException, InterruptedException {
        for (Worker worker : workers) {
            worker.end();
        }
    }

    @Override
    public void close() {
        workers.forEach(Worker::destroy);
    }
}
