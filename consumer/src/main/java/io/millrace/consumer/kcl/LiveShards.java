package io.millrace.consumer.kcl;

import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.shard.ShardPipeline;
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

    /** Whether the other shards wait until this one has read what it needs. */
    public boolean isAwaited(ShardRef shard) {
        ShardPipeline pipeline = pipelines.get(shard);
        return pipeline != null && pipeline.isAwaited();
    }

    /**
     * Each shard's state now, in the order of streams and shards. A lease that a commit found lost is gone: KCL says so
     * later, and where its own task for the shard has failed it may never. Where KCL still hands records over, the shard
     * is listed: that must end soon.
     */
    public List<ShardStatus> statuses() {
        return pipelines.values().stream()
                .map(ShardPipeline::status)
                .filter(status -> status.state() != ShardStatus.State.LEASE_LOST
                        || status.refusing().isPresent())
                .sorted(Comparator.comparing((ShardStatus status) -> status.shard().stream())
                        .thenComparing(status -> status.shard().shardId()))
                .toList();
    }
}
