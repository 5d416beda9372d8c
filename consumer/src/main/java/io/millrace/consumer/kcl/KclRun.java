package io.millrace.consumer.kcl;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;

/**
 * Runs KCL's scheduler, and a new one for as long as none could initialise: one that failed half-way does not recover. It
 * fails so when DynamoDB is away, or when two workers make a fresh application's coordinator state at the same moment.
 *
 * <p>{@link #run} is for a thread of its own; the rest is thread-safe.
 */
public final class KclRun {

    /** A scheduler tries this often by itself; each try after a half-done one fails in the same way. */
    static final int INITIALIZATION_ATTEMPTS = 2;

    private static final Logger log = LoggerFactory.getLogger(KclRun.class);

    private final Function<WorkerStateChangeListener, Scheduler> schedulers;
    private final CountDownLatch stopping;
    private volatile boolean initialised;
    private volatile Scheduler scheduler;

    public KclRun(Function<WorkerStateChangeListener, Scheduler> schedulers, CountDownLatch stopping) {
        this.schedulers = schedulers;
        this.stopping = stopping;
        this.scheduler = schedulers.apply(this::hear);
    }

    /** Returns when a scheduler that had started has ended, or when the process is stopping. */
    public void run() {
        scheduler.run();
        while (!initialised && stopping.getCount() > 0) {
            log.warn("KCL could not initialise; beginning again");
            scheduler = schedulers.apply(this::hear);
            scheduler.run();
        }
    }

    /** Has each shard commit what is buffered and give its lease up; completes when all have. */
    public CompletableFuture<Boolean> startGracefulShutdown() {
        return scheduler.startGracefulShutdown();
    }

    private void hear(WorkerStateChangeListener.WorkerState state) {
        if (state == WorkerStateChangeListener.WorkerState.STARTED) {
            initialised = true;
        }
    }
}
