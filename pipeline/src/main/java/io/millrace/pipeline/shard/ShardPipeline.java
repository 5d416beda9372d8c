package io.millrace.pipeline.shard;

import io.millrace.pipeline.commit.AbandonedException;
import io.millrace.pipeline.commit.Checkpoints;
import io.millrace.pipeline.commit.LeaseLostException;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.IntakeWaited;
import io.millrace.pipeline.event.PipelineEvent.RecordsReceived;
import io.millrace.pipeline.event.PipelineEvent.SealReason;
import io.millrace.pipeline.event.PipelineEvent.ShardDrained;
import io.millrace.pipeline.event.PipelineEvent.WaitReason;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.shard.Offer.Full;
import io.millrace.pipeline.shard.Offer.NeedsMemory;
import io.millrace.pipeline.sink.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One shard's course: parse, assign, append, seal, commit.
 *
 * <p>Its methods are called by KCL's thread for the shard, one at a time; {@link #status} by any thread. None throws: a
 * record that KCL hands over and gets an exception for would be passed over.
 */
public final class ShardPipeline {

    private final ShardRef shard;
    private final InstantSource clock;
    private final Consumer<PipelineEvent> listener;
    private final ShardBatches batches;

    ShardPipeline(ShardRef shard, Buckets buckets, PipelineContext shared) {
        this.shard = shard;
        this.clock = shared.clock();
        this.listener = shared.listener();
        this.batches = new ShardBatches(shard, buckets, shared);
    }

    /** Called once, first, with what the lease holds. */
    public void start(Optional<Position> checkpoint, Optional<PendingCommit> pending) {
        guarded(() -> batches.start(checkpoint, pending));
    }

    /**
     * Takes records in, in order; an empty list is welcome as a quiet shard's sign of life. Returns once all are in the
     * buffer, which is not to say committed: blocks while the memory budget is used up or the batch before is still being
     * committed at the flush limit. After a lost lease it returns at once and takes nothing. A read that follows one that has
     * not come stops the shard: what is committed now would be behind a gap.
     */
    public void accept(LinkedRecords read, long millisBehindLatest, Checkpoints checkpoints) {
        guarded(() -> {
            if (batches.refuses()) {
                return;
            }
            batches.hear(checkpoints, millisBehindLatest);
            batches.follow(read);
            List<SourceRecord> records = read.records();
            long bytes = records.stream().mapToLong(r -> r.data().remaining()).sum();
            listener.accept(new RecordsReceived(shard, records.size(), bytes, millisBehindLatest));
            for (SourceRecord record : records) {
                take(record);
            }
            batches.sealWhereDue();
        });
    }

    private void take(SourceRecord record) throws InterruptedException {
        Offer offer = batches.offer(record);
        while (offer != Offer.TAKEN) {
            Instant begun = clock.instant();
            if (offer instanceof NeedsMemory needs) {
                boolean reserved = batches.reserve(needs.bytes());
                waited(WaitReason.MEMORY, begun);
                if (!reserved) {
                    return;
                }
            } else if (offer instanceof Full full) {
                full.inTheWay().await();
                waited(WaitReason.PENDING_COMMIT, begun);
            }
            offer = batches.offer(record);
        }
    }

    private void waited(WaitReason reason, Instant begun) {
        Duration waited = Duration.between(begun, clock.instant());
        if (waited.toMillis() > 0) {
            listener.accept(new IntakeWaited(shard, reason, waited));
        }
    }

    /**
     * SIGTERM or KCL's graceful hand-over: commits what is buffered and closes.
     *
     * @return whether all that was taken in is committed; false at the deadline, after a lost lease, or where a previous
     *     owner's pending commit could not be read to its end, which the next owner will do
     */
    public boolean drain(Checkpoints checkpoints, Duration deadline) {
        Instant end = clock.instant().plus(deadline);
        boolean[] complete = {false};
        guarded(() -> {
            batches.hear(checkpoints);
            awaitCommit(end);
            batches.sealRest(SealReason.DRAIN);
            awaitCommit(end);
            complete[0] = batches.isDrained();
        });
        batches.close();
        listener.accept(new ShardDrained(shard, complete[0]));
        return complete[0];
    }

    private void awaitCommit(Instant end) throws InterruptedException {
        Optional<Commit> commit = batches.committing();
        if (commit.isPresent()) {
            commit.get().await(Duration.between(clock.instant(), end));
        }
    }

    /** All records of a closed shard have come: commits them, then checkpoints the shard's end. Blocks until it is done. */
    public void shardEnded(Checkpoints checkpoints) {
        guarded(() -> {
            batches.hear(checkpoints);
            batches.endReplay();
            awaitCommit();
            batches.sealRest(SealReason.SHARD_END);
            awaitCommit();
            batches.checkpointEnd(checkpoints);
            batches.close();
        });
    }

    private void awaitCommit() throws InterruptedException {
        Optional<Commit> commit = batches.committing();
        if (commit.isPresent()) {
            commit.get().await();
        }
    }

    /** Drops what is buffered, writes nothing more, frees the memory. */
    public void leaseLost() {
        guarded(batches::leaseLost);
    }

    public ShardStatus status() {
        return batches.status();
    }

    /** Whether the other shards wait for memory until this one's replay is complete. */
    public boolean isAwaited() {
        return batches.isAwaited();
    }

    /** Lets the shared clock flush a shard to which nothing comes. */
    void tick() {
        guarded(batches::sealWhereDue);
    }

    /** Whether nothing will come any more. */
    public boolean isOver() {
        State state = status().state();
        return state != State.RUNNING && state != State.REPLAYING;
    }

    /** What came before the pipeline has failed: nothing more is taken in. */
    public void fail(Throwable cause) {
        batches.fail(cause);
    }

    /** The process ends now. */
    public void abandon() {
        batches.close();
    }

    private interface Action {
        void run() throws LeaseLostException, AbandonedException, InterruptedException;
    }

    private void guarded(Action action) {
        try {
            action.run();
        } catch (LeaseLostException e) {
            batches.leaseLost();
        } catch (AbandonedException e) {
            batches.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batches.close();
        } catch (Throwable e) {
            batches.fail(e);
        }
    }
}
