package io.millrace.consumer.shard;

import io.millrace.consumer.buffer.MemoryBudget;
import io.millrace.consumer.buffer.ShardBatch;
import io.millrace.consumer.buffer.ShardBuffer;
import io.millrace.consumer.commit.AbandonedException;
import io.millrace.consumer.commit.Abandonment;
import io.millrace.consumer.commit.BatchCommitter;
import io.millrace.consumer.commit.Checkpoints;
import io.millrace.consumer.commit.CommitPlan;
import io.millrace.consumer.commit.LeaseLostException;
import io.millrace.consumer.commit.PendingCommit;
import io.millrace.consumer.commit.Retrier;
import io.millrace.consumer.record.Position;
import io.millrace.consumer.record.ShardRef;
import io.millrace.consumer.record.SourceRecord;
import io.millrace.consumer.sink.ObjectSink;
import io.millrace.consumer.status.ConsumerEvent.BatchSealed;
import io.millrace.consumer.status.ConsumerEvent.LeaseLost;
import io.millrace.consumer.status.ConsumerEvent.RecordBeforePending;
import io.millrace.consumer.status.ConsumerEvent.RecordsLost;
import io.millrace.consumer.status.ConsumerEvent.RecordsSkipped;
import io.millrace.consumer.status.ConsumerEvent.ReplayFinished;
import io.millrace.consumer.status.ConsumerEvent.ReplayStarted;
import io.millrace.consumer.status.ConsumerEvent.SealReason;
import io.millrace.consumer.status.ConsumerEvent.ShardEnded;
import io.millrace.consumer.status.ConsumerEvent.ShardFailed;
import io.millrace.consumer.status.ConsumerEvent.ShardStarted;
import io.millrace.consumer.status.ShardStatus;
import io.millrace.consumer.status.ShardStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * A shard's open buffer, and the batch before it that is being committed: at most one of each.
 *
 * <p>Thread-safe: the shard's thread appends and seals, the shared clock and other shards that want memory seal, commit
 * threads report. Nothing in here waits but {@link #reserve} and {@link #checkpointEnd}, which hold no lock.
 */
final class ShardBatches implements MemoryBudget.Shard {

    private final ShardRef shard;
    private final SharedParts shared;
    private final Retrier retrier;
    private final BatchCommitter committer;
    private final MemoryBudget.Account account;
    private final Abandonment abandonment = new Abandonment();
    private final Optional<SeenIds> seenIds;

    private State state = State.RUNNING;
    private Intake intake;
    private ShardBuffer buffer = new ShardBuffer();
    /** The buffer that memory was reserved for last; null once it is sealed, so that it is not kept. */
    private ShardBuffer reservedFor;

    private Optional<Replay> replay = Optional.empty();
    private Optional<Commit> committing = Optional.empty();
    private Optional<Position> taken = Optional.empty();
    private Optional<Position> checkpoint = Optional.empty();
    private Checkpoints checkpoints;
    private long millisBehindLatest;
    /** Since when, and until when, records came to a shard that was stopped already. */
    private Optional<Instant> refusedFirst = Optional.empty();

    private Instant refusedLast;

    ShardBatches(ShardRef shard, ObjectSink sink, SharedParts shared) {
        this.shard = shard;
        this.shared = shared;
        this.retrier = new Retrier(shard, shared.backoff(), shared.sleeper(), shared.clock(), shared.listener());
        this.committer = new BatchCommitter(shard, sink, shared.uploads(), retrier, shared.clock(), shared.listener());
        this.account = shared.budget().open(this);
        this.seenIds = shared.settings().layout().dedupeField().map(field -> newSeenIds());
        this.intake = new Intake(shard, shared.settings().layout(), seenIds);
    }

    private SeenIds newSeenIds() {
        return new SeenIds(shared.settings().dedupeCapacity());
    }

    synchronized void start(Optional<Position> checkpoint, Optional<PendingCommit> pending) {
        this.checkpoint = checkpoint;
        this.taken = checkpoint;
        replay = pending.filter(p -> checkpoint.isEmpty() || p.last().isAfter(checkpoint.get()))
                .map(Replay::new);
        shared.listener().accept(new ShardStarted(shard, checkpoint, replay.map(Replay::range)));
        replay.ifPresent(this::startReplay);
    }

    private void startReplay(Replay started) {
        shared.listener().accept(new ReplayStarted(shard, started.range()));
        Optional<String> dedupeField = started.pending().plan().layout().dedupeField();
        boolean sameIds = dedupeField.equals(shared.settings().layout().dedupeField());
        intake = new Intake(
                shard, started.pending().plan().layout(), sameIds ? seenIds : dedupeField.map(field -> newSeenIds()));
    }

    synchronized void hear(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    synchronized void hear(Checkpoints checkpoints, long millisBehindLatest) {
        this.checkpoints = checkpoints;
        this.millisBehindLatest = millisBehindLatest;
    }

    /** Whether the shard is stopped; notes that records come nevertheless. */
    synchronized boolean refuses() {
        if (state == State.RUNNING) {
            return false;
        }
        Instant now = shared.clock().instant();
        refusedFirst = refusedFirst.or(() -> Optional.of(now));
        refusedLast = now;
        return true;
    }

    /** Whether the record is to be taken in: the shard is open, and it is not one that came before. */
    synchronized boolean expects(Position position) {
        if (state != State.RUNNING) {
            return false;
        }
        if (taken.isPresent() && !position.isAfter(taken.get())) {
            shared.listener().accept(new RecordsSkipped(shard, 1));
            return false;
        }
        if (replay.isPresent() && replay.get().beginsAfter(position)) {
            shared.listener()
                    .accept(new RecordBeforePending(
                            shard, position, replay.get().range()));
            return false;
        }
        if (replay.isPresent() && replay.get().isBefore(position)) {
            seal(SealReason.REPLAY);
        }
        return true;
    }

    synchronized RecordData read(SourceRecord record) {
        return intake.read(record);
    }

    /** What the buffer and the reading of the record will take, beyond what they have. */
    synchronized long memoryFor(RecordData data) {
        reservedFor = buffer;
        account.settle(buffer.memoryBytes()); // what was reserved for an earlier try
        long lines = data.lines();
        long partitions = Math.min(lines, Intake.PARTITION_LIMIT);
        return buffer.memoryFor(data.lineBytes(), lines, partitions) + data.workBytes();
    }

    boolean reserve(long bytes) throws InterruptedException {
        return account.reserve(bytes, this::isOpen);
    }

    private synchronized boolean isOpen() {
        return state == State.RUNNING;
    }

    /**
     * Takes in the record that was read last.
     *
     * @return false where the buffer that memory was reserved for has been sealed meanwhile: the new one needs more
     */
    synchronized boolean append(SourceRecord record) {
        if (state != State.RUNNING) {
            return true;
        }
        if (buffer != reservedFor) {
            return false;
        }
        intake.append(record, buffer, shared.clock().instant());
        taken = Optional.of(record.position());
        account.settle(buffer.memoryBytes());
        if (replay.isPresent() && replay.get().endsWith(record.position())) {
            seal(SealReason.REPLAY);
        }
        return true;
    }

    /**
     * Seals the buffer where the flush policy says so.
     *
     * @return the commit that must end first, where a limit other than age is reached
     */
    synchronized Optional<Commit> sealWhereDue() {
        if (state != State.RUNNING || replay.isPresent()) {
            return Optional.empty();
        }
        Optional<SealReason> due =
                shared.settings().flush().due(buffer, shared.clock().instant());
        if (due.isPresent() && committing.isEmpty()) {
            seal(due.get());
            return Optional.empty();
        }
        return due.filter(reason -> reason != SealReason.AGE).flatMap(reason -> committing);
    }

    /** Seals what there is, but not a replay: that ends where its plan says. */
    synchronized void sealRest(SealReason reason) {
        if (state == State.RUNNING && replay.isEmpty() && committing.isEmpty() && !buffer.isEmpty()) {
            seal(reason);
        }
    }

    /** The shard has no further records: those of the replay that did not come are gone. */
    synchronized void endReplay() {
        if (state == State.RUNNING && replay.isPresent()) {
            seal(SealReason.REPLAY);
        }
    }

    @Override
    public synchronized long sealableBytes() {
        boolean sealable = state == State.RUNNING && replay.isEmpty() && committing.isEmpty() && !buffer.isEmpty();
        return sealable ? buffer.memoryBytes() : 0;
    }

    @Override
    public void sealForMemory() {
        sealRest(SealReason.MEMORY);
    }

    private void seal(SealReason reason) {
        Instant now = shared.clock().instant();
        Optional<Replay> finished = replay;
        ShardBatch batch = finished.isPresent() ? buffer.seal(finished.get().range(), now) : buffer.seal();
        long records = batch.counts().records();
        CommitPlan plan = finished.isPresent()
                ? finished.get().pending().plan()
                : new CommitPlan(
                        batch.range().first(), records, shared.settings().layout());
        shared.listener().accept(new BatchSealed(shard, batch.range(), reason, batch.counts()));
        if (finished.isPresent() && finished.get().lost(records).isPresent()) {
            shared.listener()
                    .accept(new RecordsLost(shard, batch.range(), finished.get().lost(records)));
        }
        buffer = new ShardBuffer();
        reservedFor = null;
        replay = Optional.empty();
        intake = finished.isPresent() ? new Intake(shard, shared.settings().layout(), seenIds) : intake;
        account.seal(batch.memoryBytes());
        Checkpoints lease = checkpoints;
        Commit commit = new Commit(batch, () -> commit(batch, plan, lease, finished.isPresent()));
        committing = Optional.of(commit);
        try {
            shared.commits().execute(commit.task());
        } catch (RejectedExecutionException e) { // the process is closing
            close();
        }
    }

    private void commit(ShardBatch batch, CommitPlan plan, Checkpoints lease, boolean isReplay) {
        try {
            try {
                committer.commit(batch, plan, lease, abandonment);
            } finally {
                account.releaseSealed();
            }
            committed(batch, isReplay);
        } catch (LeaseLostException e) {
            leaseLost();
        } catch (AbandonedException e) {
            close();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private synchronized void committed(ShardBatch batch, boolean isReplay) {
        checkpoint = Optional.of(batch.range().last());
        committing = Optional.empty();
        if (isReplay) {
            shared.listener()
                    .accept(new ReplayFinished(
                            shard, batch.range(), batch.counts().records()));
        }
        sealWhereDue(); // what came of age meanwhile
    }

    synchronized Optional<Commit> committing() {
        return committing;
    }

    synchronized boolean isDrained() {
        return state == State.RUNNING && buffer.isEmpty() && replay.isEmpty() && committing.isEmpty();
    }

    /** Once all is committed: checkpoints the end of the shard, however long the lease table takes to answer. */
    void checkpointEnd(Checkpoints lease) throws LeaseLostException, AbandonedException {
        if (isDrained()) {
            retrier.shardEnd(lease, abandonment);
            shared.listener().accept(new ShardEnded(shard));
        }
    }

    synchronized void leaseLost() {
        long dropped = buffer.records()
                + committing.map(commit -> commit.batch().counts().records()).orElse(0L);
        if (stop(State.LEASE_LOST)) {
            shared.listener().accept(new LeaseLost(shard, dropped));
        }
    }

    synchronized void close() {
        stop(State.CLOSED);
    }

    synchronized void fail(Throwable cause) {
        if (stop(State.FAILED)) {
            String message = "a defect stopped the shard: " + cause + "; nothing is lost, start the process again";
            shared.listener().accept(new ShardFailed(shard, message, cause));
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
        replay = Optional.empty();
        buffer = new ShardBuffer();
        reservedFor = null;
        account.close();
        return true;
    }

    synchronized ShardStatus status() {
        Optional<Instant> oldest =
                committing.map(commit -> commit.batch().oldest()).or(() -> Optional.ofNullable(buffer.oldest()));
        return new ShardStatus(
                shard,
                state == State.RUNNING && replay.isPresent() ? State.REPLAYING : state,
                checkpoint,
                taken,
                committing.map(commit -> commit.batch().range()).or(() -> replay.map(Replay::range)),
                buffer.records(),
                account.heldBytes(),
                state == State.RUNNING ? oldest : Optional.empty(),
                retrier.failingSince(),
                millisBehindLatest,
                refusedFirst.map(first -> Duration.between(first, refusedLast)));
    }
}
