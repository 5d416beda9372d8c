package io.millrace.dashboard.stream;

/**
 * One item of the consumer's lease table, as KCL 3 lays it out.
 *
 * @param stream empty where the key does not name it, as with an application of one stream
 * @param owner the worker that has the lease; empty for none
 * @param checkpoint a sequence number, or TRIM_HORIZON, LATEST, AT_TIMESTAMP or SHARD_END
 * @param pendingCheckpoint a position that is prepared but not committed; empty for none
 * @param pendingState what the consumer stored with it, where that is text
 * @param ownerSwitches changes of owner since the last checkpoint
 */
public record Lease(
        String stream,
        String shardId,
        String owner,
        long counter,
        String checkpoint,
        long checkpointSubSequence,
        String pendingCheckpoint,
        String pendingState,
        long ownerSwitches) {}
