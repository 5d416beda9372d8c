package io.millrace.pipeline.event;

import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SequenceRange;
import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One shard's state at one moment, for the status server.
 *
 * @param checkpoint the last committed position known to this worker
 * @param taken the last position taken in
 * @param pending the batch that is being committed, or that a previous owner left to be finished
 * @param openRecords records in the buffer that is being filled
 * @param heldBytes memory held for this shard, the batch that is being committed included
 * @param oldestUnflushed when the oldest record that is not yet committed was taken in
 * @param retryingSince since when S3 or the lease table has refused this shard's commit, where it does
 * @param millisBehindLatest as Kinesis last said
 * @param refusing how long a stopped shard's records have gone on coming, where they do
 */
public record ShardStatus(
        ShardRef shard,
        State state,
        Optional<Position> checkpoint,
        Optional<Position> taken,
        Optional<SequenceRange> pending,
        long openRecords,
        long heldBytes,
        Optional<Instant> oldestUnflushed,
        Optional<Instant> retryingSince,
        long millisBehindLatest,
        Optional<Duration> refusing) {

    /** Where a shard stands in its life. */
    public enum State {
        /** Taking records in. */
        RUNNING,
        /** Reading again what a previous owner had prepared, to finish it. */
        REPLAYING,
        /** Committed and closed: drained, or its shard has ended. */
        CLOSED,
        /** Another worker has the lease. */
        LEASE_LOST,
        /** A defect stopped it; only a new start of the process or a new owner takes it on. */
        FAILED
    }
}
