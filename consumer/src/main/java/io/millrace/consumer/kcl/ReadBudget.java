package io.millrace.consumer.kcl;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of records that all shards together may hold between Kinesis's answer and the pipeline's buffers. KCL bounds
 * them by the shard only, and sixteen shards that catch up would hold 160 MiB.
 *
 * <p>A read reserves the most that Kinesis can answer, keeps what the answer really took, and gives that back when the
 * pipeline has taken the records over. Thread-safe.
 */
public final class ReadBudget {

    /** The most that one GetRecords answers, in bytes (API reference, GetRecords: 10 MiB). */
    public static final int LARGEST_READ = 10 * 1024 * 1024;

    private static final int UNIT = 1024;

    private final Semaphore units;

    /** @param bytes at least {@link #LARGEST_READ}, else no read could ever start */
    public ReadBudget(long bytes) {
        this.units = new Semaphore(units(Math.max(bytes, LARGEST_READ)), true);
    }

    /**
     * Reserves room for one read.
     *
     * @return whether there was room within the wait
     */
    boolean tryReserve(Duration wait) throws InterruptedException {
        return units.tryAcquire(units(LARGEST_READ), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives back what a reserved read did not need. */
    void shrinkReservation(long usedBytes) {
        units.release(units(LARGEST_READ) - units(Math.min(usedBytes, LARGEST_READ)));
    }

    /** Gives back what a shrunk reservation held. */
    void release(long usedBytes) {
        units.release(units(Math.min(usedBytes, LARGEST_READ)));
    }

    /** What is free now, in bytes. */
    public long available() {
        return (long) units.availablePermits() * UNIT;
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }
}
