package io.millrace.consumer.commit;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What all shards' uploads share: threads, and memory for objects that are compressed on their way. Thread-safe.
 *
 * <p>A shard's buffer is not compressed while it grows (thousands of open partitions would each need a compressor, and a
 * zstd one takes a megabyte); an object is compressed whole just before it is put, and again before each retry, so that
 * a failing bucket holds none of this memory while it waits.
 */
public final class UploadLimits {

    private static final int UNIT_BYTES = 1024;

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

    /** @return what to give back to {@link #releaseMemory} */
    int acquireMemory(long bytes) throws InterruptedException {
        int wanted = (int) Math.min(units, bytes / UNIT_BYTES + 1);
        memory.acquire(wanted);
        return wanted;
    }

    void releaseMemory(int acquired) {
        memory.release(acquired);
    }
}
