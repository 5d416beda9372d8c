package io.millrace.pipeline.commit;

import io.millrace.pipeline.record.Position;

/**
 * The shard's lease, as the commit sees it: the boundary to KCL.
 *
 * <p>Implementations are thread-safe: a commit calls from its own thread while the shard's thread takes in the next
 * batch. Any {@link RuntimeException} counts as {@link CheckpointUnavailableException}: the call is made again.
 */
public interface Checkpoints {

    /**
     * Stores {@code last} and {@code plan} in the lease as the pending checkpoint, if the lease is still held. Calling it
     * again with the same arguments is harmless; a commit whose puts take longer does so before each to learn whether it still
     * holds the lease.
     */
    PreparedCheckpoint prepare(Position last, CommitPlan plan)
            throws LeaseLostException, CheckpointUnavailableException;

    /** Checkpoints the end of a closed shard, once all its records are committed; its children may then be read. */
    void shardEnd() throws LeaseLostException, CheckpointUnavailableException;
}
