package io.millrace.pipeline.commit;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What all shards' uploads share: threads, and memory for objects that are compressed on their way. Thread-safe.
 *
 * <p>A shard's buffer is not compressed while it grows (thousands of open partitions would each need a compressor, and a
 * zstd one takes a megabyte); an object is compressed whole just before it is put, and again before each retry, so that
 * a failing bucket holds none of this memory while it waits.
 */
public final class UploadLimits {

    private static final int UNIT_BYTES = 1024;

    /** How long a commit may go on waiting after it was told to end; a wait that begins anew loses its place. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Executor helpers;
    private final int helpersPerBatch;
    private final int units;
    private final Semaphore memory;

    /**
     * @param helpers run beside the thread that commits; may run nothing at all
     * @param compressedBytes for objects in flight; a larger one goes alone
     */
    public UploadLimits(Executor helpers, int helpersPerBatch, long compressedBytes) {
        this.helpers = helpers;
        this.helpersPerBatch = helpersPerBatch;
        this.units = (int) Math.max(1, Math.min(Integer.MAX_VALUE, compressedBytes / UNIT_BYTES));
        this.memory = new Semaphore(units, true);
    }

    Executor helpers() {
        return helpers;
    }

    int helpersPerBatch() {
        return helpersPerBatch;
    }

    /**
     * Waits for room.
     *
     * @return what to give back to {@link #releaseMemory}
     */
    int acquireMemory(long bytes, Abandonment abandonment) throws InterruptedException, AbandonedException {
        int wanted = (int) Math.min(units, bytes / UNIT_BYTES + 1);
        while (!memory.tryAcquire(wanted, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            if (abandonment.isAbandoned()) {
                throw new AbandonedException("the shard was given up while it waited for memory");
            }
        }
        return wanted;
    }

    void releaseMemory(int acquired) {
        memory.release(acquired);
    }
}
