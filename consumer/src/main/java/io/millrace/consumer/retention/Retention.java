package io.millrace.consumer.retention;

import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.util.Optional;

/** What Kinesis and the lease table know of retention: the boundary to both. Thread-safe. */
public interface Retention {

    /** How long a stream keeps its records, as last looked up. */
    Duration of(String stream);

    /** Whether Kinesis still has a record; false too where it does not say. */
    boolean holds(ShardRef shard, String sequenceNumber);

    /**
     * Up to when all is committed, as last {@link #keep kept}.
     *
     * @throws RuntimeException where the lease table does not answer
     */
    Optional<ReadMark> mark(ShardRef shard);

    /** Keeps it in the shard's lease, in a while or, where the lease table does not answer, not at all. */
    void keep(ShardRef shard, ReadMark committed);
}
