package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.ShardBatch;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One batch's commit, under way on a thread of its own while the shard takes in the next batch. */
final class Commit {

    private final ShardBatch batch;
    private final FutureTask<Void> task;

    /** @param work does all there is to do, the handling of its failures included */
    Commit(ShardBatch batch, Runnable work) {
        this.batch = batch;
        this.task = new FutureTask<>(work, null);
    }

    ShardBatch batch() {
        return batch;
    }

    /** To be given to a thread. */
    Runnable task() {
        return task;
    }

    /** Waits for it; where no thread has come to it yet, does it here. */
    void await() throws InterruptedException {
        task.run();
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a commit ended unexpectedly", e.getCause());
        }
    }

    /** @return whether it ended in time */
    boolean await(Duration limit) throws InterruptedException {
        try {
            task.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a commit ended unexpectedly", e.getCause());
        }
    }
}
