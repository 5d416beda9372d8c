package io.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Events at a steady rate, from {@link #start} to {@link #stop}, and how long each took from its put to the object that it
 * lies in. A thread of its own puts, in small batches; a batch that is late is put at once, under the time it was due.
 */
public final class Trickle {

    private static final int BATCHES_A_SECOND = 20;

    private final Backlog backlog;
    private final String stream;
    private final Events events;
    private final int batch;
    /** When an event was due, by the number of its batch. */
    private final ConcurrentMap<Long, Instant> due = new ConcurrentHashMap<>();

    private final Thread thread = new Thread(this::run, "trickle");
    private final long first;
    private volatile long next;
    private volatile boolean stopped;
    private volatile RuntimeException failure;

    /** @param first the first event's number, which earlier events of the stream must not have */
    public Trickle(Backlog backlog, String stream, Events events, long first, int perSecond) {
        this.backlog = backlog;
        this.stream = stream;
        this.events = events;
        this.first = first;
        this.next = first;
        this.batch = perSecond / BATCHES_A_SECOND;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** The number that the next event gets. */
    public long next() {
        return next;
    }

    /** @return how many events were put since the start */
    public long stop() throws InterruptedException {
        stopped = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return next - first;
    }

    private void run() {
        long begun = System.nanoTime();
        try {
            for (long number = 0; !stopped; number++) {
                long at = begun + number * TimeUnit.SECONDS.toNanos(1) / BATCHES_A_SECOND;
                long early = at - System.nanoTime();
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                due.put(number, Instant.now().minusNanos(Math.max(0, -early)));
                long from = first + number * batch;
                backlog.putOnce(stream, events, from, from + batch);
                next = from + batch;
            }
        } catch (RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The times from put to object of all events but those of the first seconds, sorted, in milliseconds. */
    public double[] latencies(Lake lake, int withoutSeconds) throws IOException {
        long from = first + (long) withoutSeconds * BATCHES_A_SECOND * batch;
        double[] latencies = new double[(int) (next - from)];
        for (Path object : lake.objects()) {
            // Its last change: the move to its final name, which makes it visible.
            Instant visible = ((FileTime) Files.getAttribute(object, "unix:ctime")).toInstant();
            Lake.eachEvent(object, number -> {
                if (number >= from) {
                    Instant put = due.get((number - first) / batch);
                    latencies[(int) (number - from)] = (visible.getEpochSecond() - put.getEpochSecond()) * 1e3
                            + (visible.getNano() - put.getNano()) / 1e6;
                }
            });
        }
        Arrays.sort(latencies);
        return latencies;
    }

    /** @param part 0.99 for p99 */
    public static double quantile(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * part))];
    }
}
