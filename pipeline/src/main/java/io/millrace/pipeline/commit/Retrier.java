package io.millrace.pipeline.commit;

import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.Call;
import io.millrace.pipeline.event.PipelineEvent.CallRetried;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.sink.SinkException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a shard's calls to S3 and the lease table until they are answered: nothing that AWS says is final but a lost
 * lease. Thread-safe.
 */
public final class Retrier {

    /** One call. */
    interface Attempt<T> {
        T make()
                throws LeaseLostException, AbandonedException, CheckpointUnavailableException, SinkException,
                        InterruptedException;
    }

    private final ShardRef shard;
    private final Backoff backoff;
    private final Abandonment.Sleeper sleeper;
    private final InstantSource clock;
    private final Consumer<PipelineEvent> listener;
    private int failing;
    private Instant failingSince;

    public Retrier(
            ShardRef shard,
            Backoff backoff,
            Abandonment.Sleeper sleeper,
            InstantSource clock,
            Consumer<PipelineEvent> listener) {
        this.shard = shard;
        this.backoff = backoff;
        this.sleeper = sleeper;
        this.clock = clock;
        this.listener = listener;
    }

    /** Since when some call has failed without yet succeeding, if one has. */
    public synchronized Optional<Instant> failingSince() {
        return Optional.ofNullable(failingSince);
    }

    /** Checkpoints the end of the shard. */
    public void shardEnd(Checkpoints checkpoints, Abandonment abandonment)
            throws LeaseLostException, AbandonedException {
        Attempt<Void> attempt = () -> {
            checkpoints.shardEnd();
            return null;
        };
        untilAnswered(Call.SHARD_END, attempt, abandonment);
    }

    <T> T untilAnswered(Call call, Attempt<T> attempt, Abandonment abandonment)
            throws LeaseLostException, AbandonedException {
        boolean failed = false;
        try {
            for (int attempts = 1; ; attempts++) {
                if (abandonment.isAbandoned()) {
                    throw new AbandonedException("the shard was given up");
                }
                try {
                    return attempt.make();
                } catch (SinkException e) {
                    failed = failed || countFailing();
                    retryLater(call, attempts, e.kind(), e, abandonment);
                } catch (CheckpointUnavailableException | RuntimeException e) {
                    failed = failed || countFailing();
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    retryLater(call, attempts, cause.getClass().getSimpleName(), e, abandonment);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbandonedException("its thread was interrupted");
        } finally {
            if (failed) {
                countSettled();
            }
        }
    }

    private void retryLater(Call call, int attempts, String cause, Exception e, Abandonment abandonment)
            throws InterruptedException {
        Duration delay = backoff.delay(attempts);
        listener.accept(new CallRetried(shard, call, attempts, cause, String.valueOf(e.getMessage()), delay));
        sleeper.sleep(delay, abandonment);
    }

    private synchronized boolean countFailing() {
        if (failing++ == 0) {
            failingSince = clock.instant();
        }
        return true;
    }

    private synchronized void countSettled() {
        if (--failing == 0) {
            failingSince = null;
        }
    }
}
