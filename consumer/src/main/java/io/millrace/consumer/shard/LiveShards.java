package io.millrace.consumer.shard;

import io.millrace.consumer.record.ShardRef;
import io.millrace.consumer.status.ShardStatus;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The shards whose leases this worker holds. Thread-safe. */
public final class LiveShards {

    private final ConcurrentMap<ShardRef, ShardPipeline> pipelines = new ConcurrentHashMap<>();

    void add(ShardRef shard, ShardPipeline pipeline) {
        pipelines.put(shard, pipeline);
    }

    /** Only if it is still that pipeline: the lease may have been taken again already. */
    void remove(ShardRef shard, ShardPipeline pipeline) {
        pipelines.remove(shard, pipeline);
    }

    /** Each shard's state now, in the order of streams and shards. */
    public List<ShardStatus> statuses() {
        return pipelines.values().stream()
                .map(ShardPipeline::status)
                .sorted(Comparator.comparing((ShardStatus status) -> status.shard().stream())
                        .thenComparing(status -> status.shard().shardId()))
                .toList();
    }
}
