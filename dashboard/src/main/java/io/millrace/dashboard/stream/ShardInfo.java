package io.millrace.dashboard.stream;

import java.util.List;

/**
 * A shard as ListShards tells it.
 *
 * @param parents the shard that was split into this, or the two that were merged; may be gone already
 * @param closed whether it takes no more records
 */
public record ShardInfo(
        String shardId,
        String startingHashKey,
        String endingHashKey,
        List<String> parents,
        String startingSequenceNumber,
        boolean closed) {}
