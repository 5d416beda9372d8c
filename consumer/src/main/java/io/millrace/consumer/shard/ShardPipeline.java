package io.millrace.consumer.shard;

import io.millrace.consumer.commit.Checkpoints;
import io.millrace.consumer.commit.PendingCommit;
import io.millrace.consumer.record.Position;
import io.millrace.consumer.record.SourceRecord;
import io.millrace.consumer.status.ShardStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One shard's course: parse, assign, append, seal, commit.
 *
 * <p>Its methods are called by KCL's thread for the shard, one at a time; {@link #status} by any thread. None throws.
 */
@SuppressWarnings("DoNotCallSuggester") // until it is built
public final class ShardPipeline {

    /** Called once, first, with what the lease holds. */
    public void start(Optional<Position> checkpoint, Optional<PendingCommit> pending) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Takes records in, in order; an empty list is welcome as a quiet shard's sign of life. Returns once all are in the
     * buffer, which is not to say committed: blocks while the memory budget is used up or the batch before is still being
     * committed at the flush limit. After a lost lease it returns at once and takes nothing.
     */
    public void accept(List<SourceRecord> records, long millisBehindLatest, Checkpoints checkpoints) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * SIGTERM or KCL's graceful hand-over: commits what is buffered and closes.
     *
     * @return whether all that was taken in is committed; false at the deadline, after a lost lease, or where a previous
     *     owner's pending commit could not be read to its end, which the next owner will do
     */
    public boolean drain(Checkpoints checkpoints, Duration deadline) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** All records of a closed shard have come: commits them, then checkpoints the shard's end. Blocks until it is done. */
    public void shardEnded(Checkpoints checkpoints) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Drops what is buffered, writes nothing more, frees the memory. */
    public void leaseLost() {
        throw new UnsupportedOperationException("not built yet");
    }

    public ShardStatus status() {
        throw new UnsupportedOperationException("not built yet");
    }
}
