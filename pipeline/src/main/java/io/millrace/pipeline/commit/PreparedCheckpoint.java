package io.millrace.pipeline.commit;

/** The second phase of a commit. */
public interface PreparedCheckpoint {

    /** Makes the prepared position the shard's checkpoint, if the lease is still held. May be called again. */
    void commit() throws LeaseLostException, CheckpointUnavailableException;
}
