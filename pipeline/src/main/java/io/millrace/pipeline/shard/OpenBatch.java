package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.buffer.MemoryBudget;
import io.millrace.pipeline.buffer.ShardBatch;
import io.millrace.pipeline.buffer.ShardBuffer;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.event.PipelineEvent.SealReason;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The batch that a shard's records are taken into: a new one under this worker's layout and flush policy, or a previous
 * owner's under its plan. Not thread-safe: {@link ShardBatches} sees to that.
 */
final class OpenBatch {

    private final ShardRef shard;
    private final PipelineSettings settings;
    private final String bucket;
    private final MemoryBudget.Account account;
    private final int partitionLimit;
    private final Optional<SeenIds> seenIds;

    private RecordAppender appender;
    private ShardBuffer buffer = new ShardBuffer();

    /** Where the record stands that is being offered, and its data; null between two records. */
    private Position offered;

    private RecordData data;
    private long granted;
    /** The buffer that {@link #granted} bytes were reserved for; a seal in between takes them away. */
    private ShardBuffer grantedFor;

    private Optional<Replay> replay = Optional.empty();

    /**
     * A batch that is complete, with the plan to commit it under.
     *
     * @param lost how many records its plan promised and Kinesis has not any more
     */
    record Sealed(ShardBatch batch, CommitPlan plan, boolean isReplay, OptionalLong lost) {}

    /**
     * @param bucket where new batches go
     * @param account what its memory is reserved from
     * @param partitionLimit of one record
     */
    OpenBatch(
            ShardRef shard,
            PipelineSettings settings,
            String bucket,
            MemoryBudget.Account account,
            int partitionLimit) {
        this.shard = shard;
        this.settings = settings;
        this.bucket = bucket;
        this.account = account;
        this.partitionLimit = partitionLimit;
        this.seenIds = settings.layout().dedupeField().map(field -> newSeenIds());
        this.appender = appender(settings.layout(), seenIds);
    }

    private RecordAppender appender(Layout layout, Optional<SeenIds> ids) {
        return new RecordAppender(shard, layout, ids, partitionLimit);
    }

    private SeenIds newSeenIds() {
        return new SeenIds(settings.dedupeCapacity());
    }

    /** Makes it a previous owner's batch. */
    void replay(PendingCommit pending) {
        replay = Optional.of(new Replay(pending));
        Layout layout = pending.plan().layout();
        boolean sameIds = layout.dedupeField().equals(settings.layout().dedupeField())
                && layout.version() == settings.layout().version(); // which decides what counts as seen
        appender = appender(layout, sameIds ? seenIds : layout.dedupeField().map(field -> newSeenIds()));
    }

    Optional<Replay> replay() {
        return replay;
    }

    /**
     * Takes the record in, if there is memory for it.
     *
     * @return {@link Offer.Taken} or {@link Offer.NeedsMemory}
     */
    Offer offer(SourceRecord record, Instant now) {
        if (!record.position().equals(offered)) {
            data = appender.read(record);
            offered = record.position();
            grantedFor = null;
        }
        do { // once, unless the record inflates to more than it claimed
            long needed = memoryFor(data);
            if (grantedFor != buffer || needed > granted) {
                account.settle(buffer.memoryBytes()); // without what was reserved for an earlier try
                if (needed > 0 && !account.tryReserve(needed)) {
                    return new Offer.NeedsMemory(needed);
                }
                grant(needed);
            }
        } while (!data.inflate());
        appender.append(record, buffer, now);
        account.settle(buffer.memoryBytes());
        forgetOffer();
        return Offer.TAKEN;
    }

    /** The account has these bytes for the record that is offered now. */
    void grant(long bytes) {
        granted = bytes;
        grantedFor = buffer;
    }

    /** What the buffer and the reading of the record take, beyond what they have. */
    private long memoryFor(RecordData data) {
        long lines = data.lines();
        long partitions = Math.min(lines, partitionLimit);
        return buffer.memoryFor(data.lineBytes(), lines, partitions) + data.workBytes();
    }

    private void forgetOffer() {
        offered = null;
        data = null;
        grantedFor = null;
    }

    /** Whether a replay is complete with this record. */
    boolean endsWith(Position taken) {
        return replay.isPresent() && replay.get().endsWith(taken);
    }

    /** Why it is to be sealed, if it is; a replay ends where its plan says, whatever the policy. */
    Optional<SealReason> due(FlushPolicy policy, Instant now) {
        return replay.isPresent() ? Optional.empty() : policy.due(buffer, now);
    }

    /** Why it takes no further record, age aside, which only the clock tells. */
    Optional<SealReason> full(FlushPolicy policy) {
        return replay.isPresent() ? Optional.empty() : policy.full(buffer);
    }

    /** Whether it may be sealed at any place, and holds something. */
    boolean isSealable() {
        return replay.isEmpty() && !buffer.isEmpty();
    }

    /** Completes it, and begins the next one. */
    Sealed seal(Instant now) {
        Optional<Replay> finished = replay;
        ShardBatch batch = finished.isPresent() ? buffer.seal(finished.get().range(), now) : buffer.seal();
        long records = batch.counts().records();
        CommitPlan plan = finished.isPresent()
                ? finished.get().pending().plan()
                : new CommitPlan(batch.range().first(), records, bucket, settings.layout());
        drop();
        appender = finished.isPresent() ? appender(settings.layout(), seenIds) : appender;
        account.seal(batch.memoryBytes());
        OptionalLong lost = finished.map(own -> own.lost(records)).orElseGet(OptionalLong::empty);
        return new Sealed(batch, plan, finished.isPresent(), lost);
    }

    /** Forgets what it holds. */
    void drop() {
        buffer = new ShardBuffer();
        forgetOffer();
        replay = Optional.empty();
    }

    boolean isEmpty() {
        return buffer.isEmpty() && replay.isEmpty();
    }

    long memoryBytes() {
        return buffer.memoryBytes();
    }

    long records() {
        return buffer.records();
    }

    /** When its oldest record was taken in. */
    Optional<Instant> oldest() {
        return Optional.ofNullable(buffer.oldest());
    }
}
