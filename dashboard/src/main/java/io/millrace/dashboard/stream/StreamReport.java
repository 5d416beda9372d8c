package io.millrace.dashboard.stream;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A stream's shards with all that is known of who reads them and how far.
 *
 * @param leaseTable the table that was looked into
 * @param problems parts that could not be had, each with why
 * @param workers how many shards each worker has
 */
public record StreamReport(
        String stream,
        Instant time,
        String leaseTable,
        List<ShardReport> shards,
        Map<String, Long> workers,
        List<String> problems) {

    /**
     * One shard. What the lease table or the consumers do not tell is null.
     *
     * @param checkpoint what is committed: a sequence number, TRIM_HORIZON, LATEST, AT_TIMESTAMP or SHARD_END
     * @param pendingCheckpoint a commit that is prepared but not done
     * @param pendingState what the consumer stored with that
     * @param freshnessMillis how old the oldest event is that is not in the lake, at most
     * @param openRecords taken in and not committed
     */
    public record ShardReport(
            String shardId,
            String startingHashKey,
            String endingHashKey,
            List<String> parents,
            boolean closed,
            String leaseOwner,
            String checkpoint,
            Long checkpointSubSequence,
            String pendingCheckpoint,
            String pendingState,
            Long ownerSwitches,
            String state,
            Long millisBehindLatest,
            Long freshnessMillis,
            Long openRecords,
            Long heldBytes,
            Long retryingMillis) {}
}
