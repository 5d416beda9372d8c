package io.millrace.localaws.kinesis;

import java.util.ArrayList;
import java.util.List;

/** Makes shards that count their bytes and keep their limits. */
final class ShardFactory {

    private final HeldBytes held;
    private final ShardLimits limits;

    ShardFactory(HeldBytes held, ShardLimits limits) {
        this.held = held;
        this.limits = limits;
    }

    /** A new stream's shards, which share the hash key space evenly. */
    List<Shard> first(int count, long nowMillis) {
        List<Shard> shards = new ArrayList<>(count);
        for (HashKeyRange range : HashKeyRange.uniform(count)) {
            shards.add(make(shards.size(), range, List.of(), nowMillis));
        }
        return shards;
    }

    Shard make(int index, HashKeyRange range, List<Shard> parents, long nowMillis) {
        return new Shard(index, range, parents, nowMillis, held, new ShardThroughput(limits));
    }
}
