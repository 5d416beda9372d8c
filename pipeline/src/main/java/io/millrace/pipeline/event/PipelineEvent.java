package io.millrace.pipeline.event;

import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SequenceRange;
import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that happens to a shard and is to be counted or logged. Listeners are called on the shard's thread and on
 * commit threads, at the same time; they are thread-safe, quick, and throw nothing.
 */
public sealed interface PipelineEvent {

    ShardRef shard();

    /** The shard is this worker's now. */
    record ShardStarted(ShardRef shard, Optional<Position> checkpoint, Optional<SequenceRange> pending)
            implements PipelineEvent {}

    /** One call's records came in, an empty call included. */
    record RecordsReceived(ShardRef shard, long records, long bytes, long millisBehindLatest)
            implements PipelineEvent {}

    /** Records that had been taken in already came again and were passed over. */
    record RecordsSkipped(ShardRef shard, long records) implements PipelineEvent {}

    /**
     * A record before a previous owner's pending commit, though nothing before that is committed: the two were told to
     * start at different positions. It is passed over, for the objects of the pending commit must not hold it.
     */
    record RecordBeforePending(ShardRef shard, Position position, SequenceRange pending) implements PipelineEvent {}

    /** Reading waited, for memory or for the batch before. */
    record IntakeWaited(ShardRef shard, WaitReason reason, Duration waited) implements PipelineEvent {}

    /** What reading waited for. */
    enum WaitReason {
        MEMORY,
        PENDING_COMMIT
    }

    /** A batch is complete and is about to be committed. */
    record BatchSealed(ShardRef shard, SequenceRange range, SealReason reason, BatchCounts counts)
            implements PipelineEvent {}

    /** Why a batch was sealed. */
    enum SealReason {
        BYTES,
        RECORDS,
        AGE,
        MEMORY,
        REPLAY,
        DRAIN,
        SHARD_END
    }

    /**
     * What a batch holds.
     *
     * @param records Kinesis records
     * @param written events that go to their output partitions
     * @param deadLettered pieces that go to dead letters
     * @param deduplicated events dropped as duplicates
     * @param timestampFallbacks events placed by their arrival time, their own being absent or unreadable
     * @param objects objects to be put
     * @param bytes bytes of the lines, before compression
     */
    record BatchCounts(
            long records,
            long written,
            long deadLettered,
            long deduplicated,
            long timestampFallbacks,
            long objects,
            long bytes) {}

    /** An object was stored. {@code events} are its lines; {@code bytes} are as stored, compressed where that is set. */
    record ObjectPut(ShardRef shard, String location, long events, long bytes, Duration took)
            implements PipelineEvent {}

    /** An object was there already: an earlier attempt of this commit had put it. */
    record ObjectAlreadyThere(ShardRef shard, String location, long events) implements PipelineEvent {}

    /** A batch is in S3 and its position is checkpointed. */
    record BatchCommitted(
            ShardRef shard,
            SequenceRange range,
            BatchCounts counts,
            Duration prepare,
            Duration upload,
            Duration checkpoint)
            implements PipelineEvent {}

    /**
     * S3 or the lease table refused or did not answer; the same call is made again after {@code delay}.
     *
     * @param cause short and stable, for counting
     * @param message one line for people
     */
    record CallRetried(ShardRef shard, Call call, int attempt, String cause, String message, Duration delay)
            implements PipelineEvent {}

    /** The calls that are retried. */
    enum Call {
        PREPARE,
        PUT,
        CHECKPOINT,
        SHARD_END
    }

    /** Another worker has the lease; what was not committed was dropped here and is read again there. */
    record LeaseLost(ShardRef shard, long droppedRecords) implements PipelineEvent {}

    /** A previous owner left a prepared commit into {@code bucket}; its records are read again. */
    record ReplayStarted(ShardRef shard, SequenceRange range, String bucket) implements PipelineEvent {}

    /** The prepared commit of a previous owner is finished. */
    record ReplayFinished(ShardRef shard, SequenceRange range, long records) implements PipelineEvent {}

    /** Kinesis had trimmed records by retention before they could be committed. {@code records} where it is known. */
    record RecordsLost(ShardRef shard, SequenceRange range, OptionalLong records) implements PipelineEvent {}

    /**
     * The reading was behind by more than the retention: what arrived between these times and was not read is lost, if
     * there was anything. {@code since} where it is known.
     */
    record RecordsPossiblyLost(ShardRef shard, Optional<Instant> since, Instant until) implements PipelineEvent {}

    /** All that was buffered is committed, and this worker gives the shard away. */
    record ShardDrained(ShardRef shard, boolean complete) implements PipelineEvent {}

    /** The shard's last record is committed, and its end is checkpointed. */
    record ShardEnded(ShardRef shard) implements PipelineEvent {}

    /** A defect stopped the shard in this process. Nothing is lost, but a new start is needed: the process should end. */
    record ShardFailed(ShardRef shard, String message, Throwable cause) implements PipelineEvent {}
}
