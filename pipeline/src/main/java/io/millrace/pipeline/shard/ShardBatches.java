package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.MemoryBudget;
import io.millrace.pipeline.buffer.ShardBatch;
import io.millrace.pipeline.commit.AbandonedException;
import io.millrace.pipeline.commit.Abandonment;
import io.millrace.pipeline.commit.BatchCommitter;
import io.millrace.pipeline.commit.Checkpoints;
import io.millrace.pipeline.commit.LeaseLostException;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.commit.Retrier;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.BatchSealed;
import io.millrace.pipeline.event.PipelineEvent.LeaseLost;
import io.millrace.pipeline.event.PipelineEvent.RecordBeforePending;
import io.millrace.pipeline.event.PipelineEvent.RecordsLost;
import io.millrace.pipeline.event.PipelineEvent.RecordsSkipped;
import io.millrace.pipeline.event.PipelineEvent.ReplayFinished;
import io.millrace.pipeline.event.PipelineEvent.ReplayStarted;
import io.millrace.pipeline.event.PipelineEvent.SealReason;
import io.millrace.pipeline.event.PipelineEvent.ShardEnded;
import io.millrace.pipeline.event.PipelineEvent.ShardFailed;
import io.millrace.pipeline.event.PipelineEvent.ShardStarted;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SequenceRange;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.Buckets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * A shard's open batch, and the one before it that is being committed: at most one of each.
 *
 * <p>Thread-safe: the shard's thread appends and seals, the shared clock and other shards that want memory seal, commit
 * threads report. Nothing in here waits but {@link #reserve} and {@link #checkpointEnd}, which hold no lock.
 */
final class ShardBatches implements MemoryBudget.Shard {

    private final ShardRef shard;
    private final PipelineContext shared;
    private final Retrier retrier;
    private final BatchCommitter committer;
    private final MemoryBudget.Account account;
    private final Abandonment abandonment = new Abandonment();
    private final OpenBatch open;
    private final Refusals refusals = new Refusals();

    private State state = State.RUNNING;
    private Optional<Commit> committing = Optional.empty();
    private Optional<Position> heard = Optional.empty();
    private Optional<Position> taken = Optional.empty();
    private Optional<Position> checkpoint = Optional.empty();
    private Checkpoints checkpoints;
    private long millisBehindLatest;

    ShardBatches(ShardRef shard, Buckets buckets, PipelineContext shared) {
        this.shard = shard;
        this.shared = shared;
        this.retrier = new Retrier(shard, shared.backoff(), shared.sleeper(), shared.clock(), shared.listener());
        this.committer =
                new BatchCommitter(shard, buckets, shared.uploads(), retrier, shared.clock(), shared.listener());
        synchronized (this) { // from here on other shards may ask for memory
            this.account = shared.budget().open(this);
            this.open = new OpenBatch(shard, shared.settings(), buckets.current(), account, shared.partitionLimit());
        }
    }

    synchronized void start(Optional<Position> checkpoint, Optional<PendingCommit> pending) {
        this.checkpoint = checkpoint;
        this.heard = checkpoint;
        this.taken = checkpoint;
        pending.filter(p -> checkpoint.isEmpty() || p.last().isAfter(checkpoint.get()))
                .ifPresent(open::replay);
        Optional<Replay> replay = open.replay();
        tell(new ShardStarted(shard, checkpoint, replay.map(Replay::range)));
        replay.ifPresent(promised -> tell(new ReplayStarted(
                shard, promised.range(), promised.pending().plan().bucket())));
    }

    synchronized void hear(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    synchronized void hear(Checkpoints checkpoints, long millisBehindLatest) {
        this.checkpoints = checkpoints;
        this.millisBehindLatest = millisBehindLatest;
    }

    /**
     * Notes up to where reads have come, whether their records are then taken in or not.
     *
     * @throws IllegalStateException where the read follows one that has not come
     */
    synchronized void follow(LinkedRecords read) {
        Optional<Position> missed = read.follows().filter(this::isAhead);
        if (missed.isPresent()) {
            throw new IllegalStateException("the reads up to " + missed.get() + " did not all come, only those up to "
                    + heard.map(Position::toString).orElse("the start"));
        }
        heard = read.last().filter(this::isAhead).or(() -> heard);
    }

    private boolean isAhead(Position position) {
        return heard.isEmpty() || position.isAfter(heard.get());
    }

    /** Whether the shard is stopped; notes that records come nevertheless. */
    synchronized boolean refuses() {
        if (state == State.RUNNING) {
            return false;
        }
        refusals.add(shared.clock().instant());
        return true;
    }

    /** Takes the record in, unless something must happen first; {@link Offer} says what. */
    synchronized Offer offer(SourceRecord record) {
        if (state != State.RUNNING || !expects(record.position())) {
            return Offer.TAKEN;
        }
        sealWhereFull();
        if (state != State.RUNNING) { // sealing found out that the shard is lost or the process is closing
            return Offer.TAKEN;
        }
        if (isFull()) {
            return new Offer.Full(committing.orElseThrow());
        }
        Offer offer = open.offer(record, shared.clock().instant());
        if (offer == Offer.TAKEN) {
            taken = Optional.of(record.position());
            if (open.endsWith(record.position())) {
                seal(SealReason.REPLAY);
            }
            sealWhereFull();
        }
        return offer;
    }

    /** Whether the record is one that has not come before and belongs to the open batch. */
    private boolean expects(Position position) {
        if (taken.isPresent() && !position.isAfter(taken.get())) {
            tell(new RecordsSkipped(shard, 1));
            return false;
        }
        Optional<Replay> replay = open.replay();
        if (replay.isPresent() && replay.get().beginsAfter(position)) {
            tell(new RecordBeforePending(shard, position, replay.get().range()));
            return false;
        }
        if (replay.isPresent() && replay.get().isBefore(position)) {
            seal(SealReason.REPLAY);
        }
        return true;
    }

    private boolean isFull() {
        return open.full(shared.settings().flush()).isPresent();
    }

    /** Seals the open batch if it takes no further record, unless the one before is still being committed. */
    private void sealWhereFull() {
        if (state == State.RUNNING && committing.isEmpty()) {
            open.full(shared.settings().flush()).ifPresent(this::seal);
        }
    }

    /**
     * Waits until the offered record's memory can be had.
     *
     * @return false if the shard was stopped meanwhile
     */
    boolean reserve(long bytes) throws InterruptedException {
        boolean reserved = account.reserve(bytes, this::isOpen);
        synchronized (this) {
            open.grant(bytes);
        }
        return reserved;
    }

    /** Whether the other shards wait for memory until this one's replay is complete. */
    boolean isAwaited() {
        return account.isExceeding();
    }

    private synchronized boolean isOpen() {
        return state == State.RUNNING;
    }

    /** Seals the open batch where the flush policy says so, unless the one before is still being committed. */
    synchronized void sealWhereDue() {
        if (state == State.RUNNING && committing.isEmpty()) {
            open.due(shared.settings().flush(), shared.clock().instant()).ifPresent(this::seal);
        }
    }

    /** Seals what there is, but not a replay: that ends where its plan says. */
    synchronized void sealRest(SealReason reason) {
        if (isSealable()) {
            seal(reason);
        }
    }

    /** The shard has no further records: those of the replay that did not come are gone. */
    synchronized void endReplay() {
        if (state == State.RUNNING && open.replay().isPresent()) {
            seal(SealReason.REPLAY);
        }
    }

    private boolean isSealable() {
        return state == State.RUNNING && committing.isEmpty() && open.isSealable();
    }

    @Override
    public synchronized long sealableBytes() {
        return isSealable() ? open.memoryBytes() : 0;
    }

    @Override
    public void sealForMemory() {
        sealRest(SealReason.MEMORY);
    }

    private void seal(SealReason reason) {
        OpenBatch.Sealed sealed = open.seal(shared.clock().instant());
        ShardBatch batch = sealed.batch();
        tell(new BatchSealed(shard, batch.range(), reason, batch.counts()));
        if (sealed.lost().isPresent()) {
            tell(new RecordsLost(shard, batch.range(), sealed.lost()));
        }
        Checkpoints lease = checkpoints;
        Commit commit = new Commit(batch, () -> commit(sealed, lease));
        committing = Optional.of(commit);
        try {
            shared.commits().execute(commit.task());
        } catch (RejectedExecutionException e) { // the process is closing
            close();
        }
    }

    private void commit(OpenBatch.Sealed sealed, Checkpoints lease) {
        try {
            committer.commit(sealed.batch(), sealed.plan(), lease, abandonment);
            committed(sealed);
            return;
        } catch (LeaseLostException e) {
            leaseLost();
        } catch (AbandonedException e) {
            close();
        } catch (Throwable e) {
            fail(e);
        }
        account.releaseSealed();
    }

    private synchronized void committed(OpenBatch.Sealed sealed) {
        SequenceRange range = sealed.batch().range();
        checkpoint = Optional.of(range.last());
        committing = Optional.empty();
        account.releaseSealed();
        if (sealed.isReplay()) {
            tell(new ReplayFinished(shard, range, sealed.batch().counts().records()));
        }
        sealWhereDue(); // what came of age meanwhile
    }

    synchronized Optional<Commit> committing() {
        return committing;
    }

    synchronized boolean isDrained() {
        return state == State.RUNNING && open.isEmpty() && committing.isEmpty();
    }

    /** Once all is committed: checkpoints the end of the shard, however long the lease table takes to answer. */
    void checkpointEnd(Checkpoints lease) throws LeaseLostException, AbandonedException {
        if (isDrained()) {
            retrier.shardEnd(lease, abandonment);
            tell(new ShardEnded(shard));
        }
    }

    synchronized void leaseLost() {
        long dropped = open.records()
                + committing.map(commit -> commit.batch().counts().records()).orElse(0L);
        if (stop(State.LEASE_LOST)) {
            tell(new LeaseLost(shard, dropped));
        }
    }

    synchronized void close() {
        stop(State.CLOSED);
    }

    synchronized void fail(Throwable cause) {
        if (stop(State.FAILED)) {
            String message = "a defect stopped the shard: " + cause + "; nothing is lost, start the process again";
            tell(new ShardFailed(shard, message, cause));
        }
    }

    /** Drops what is not committed: the next owner reads it again. */
    private boolean stop(State last) {
        if (state != State.RUNNING) {
            return false;
        }
        state = last;
        abandonment.abandon();
        committing = Optional.empty();
        open.drop();
        account.close();
        return true;
    }

    private void tell(PipelineEvent event) {
        shared.listener().accept(event);
    }

    synchronized ShardStatus status() {
        Optional<Instant> oldest =
                committing.map(commit -> commit.batch().oldest()).or(open::oldest);
        return new ShardStatus(
                shard,
                state == State.RUNNING && open.replay().isPresent() ? State.REPLAYING : state,
                checkpoint,
                taken,
                committing
                        .map(commit -> commit.batch().range())
                        .or(() -> open.replay().map(Replay::range)),
                open.records(),
                account.heldBytes(),
                state == State.RUNNING ? oldest : Optional.empty(),
                retrier.failingSince(),
                millisBehindLatest,
                refusals.lasting());
    }
}
