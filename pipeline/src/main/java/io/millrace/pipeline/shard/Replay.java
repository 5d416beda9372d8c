package io.millrace.pipeline.shard;

import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SequenceRange;
import java.util.OptionalLong;

/**
 * A previous owner's prepared commit, being read again. It ends exactly at the pending position, whatever this worker's
 * flush policy says; where Kinesis has trimmed that record since, it ends when a later one comes, with what there was.
 */
record Replay(PendingCommit pending) {

    SequenceRange range() {
        return new SequenceRange(pending.plan().first(), pending.last());
    }

    boolean endsWith(Position taken) {
        return taken.equals(pending.last());
    }

    /** Whether its first owner began after this record: it is none of the batch, and the objects must not hold it. */
    boolean beginsAfter(Position position) {
        return pending.plan().first().isAfter(position);
    }

    boolean isBefore(Position position) {
        return position.isAfter(pending.last());
    }

    /** How many of the batch's records were not there to be read again. */
    OptionalLong lost(long records) {
        long lost = pending.plan().records() - records;
        return lost > 0 ? OptionalLong.of(lost) : OptionalLong.empty();
    }
}
