package io.millrace.pipeline.commit;

import io.millrace.pipeline.buffer.PartitionLines;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Puts a batch's objects, several at a time: the committing thread takes one after another, and helpers do likewise. */
final class BatchUpload {

    /** Puts one object; returns when it is there. */
    interface Put {
        void put(PartitionLines lines) throws LeaseLostException, AbandonedException;
    }

    private final List<PartitionLines> partitions;
    private final Put put;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean stopped;

    BatchUpload(List<PartitionLines> partitions, Put put) {
        this.partitions = partitions;
        this.put = put;
    }

    /** Returns when every object is there; whatever it throws, no put is under way any more. */
    void run(UploadLimits limits) throws LeaseLostException, AbandonedException {
        FutureTask<Void> own = task();
        List<FutureTask<Void>> helpers = startHelpers(limits);
        Throwable failure = join(own, null);
        for (FutureTask<Void> helper : helpers) {
            failure = join(helper, failure);
        }
        if (failure instanceof LeaseLostException lost) {
            throw lost;
        }
        if (failure instanceof AbandonedException abandoned) {
            throw abandoned;
        }
        if (failure != null) {
            throw new IllegalStateException("a put failed unexpectedly: " + failure, failure);
        }
    }

    private List<FutureTask<Void>> startHelpers(UploadLimits limits) {
        int count = Math.min(limits.helpersPerBatch(), partitions.size() - 1);
        List<FutureTask<Void>> helpers =
                IntStream.range(0, count).mapToObj(i -> task()).toList();
        try {
            helpers.forEach(limits.helpers()::execute);
        } catch (RejectedExecutionException e) {
            return helpers; // the process is closing: joining runs them
        }
        return helpers;
    }

    private FutureTask<Void> task() {
        return new FutureTask<>(() -> {
            putRemaining();
            return null;
        });
    }

    private void putRemaining() throws LeaseLostException, AbandonedException {
        boolean done = false;
        try {
            for (int i = next.getAndIncrement(); i < partitions.size() && !stopped; i = next.getAndIncrement()) {
                put.put(partitions.get(i));
            }
            done = true;
        } finally {
            stopped |= !done;
        }
    }

    /** Waits for a task, running it here where no thread has come to it yet. Returns the failure to be told of. */
    private static Throwable join(FutureTask<Void> task, Throwable earlier) {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return earlier;
                } catch (InterruptedException e) {
                    interrupted = true; // the puts see the abandonment, which ends the wait
                }
            }
        } catch (ExecutionException e) {
            boolean worse = earlier == null || earlier instanceof AbandonedException;
            return worse ? e.getCause() : earlier;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
