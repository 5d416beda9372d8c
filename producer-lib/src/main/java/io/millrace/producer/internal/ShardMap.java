package io.millrace.producer.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which shard takes which hash keys, as Kinesis last told; immutable. */
final class ShardMap {
    static final ShardMap UNKNOWN = new ShardMap(Set.of());

    private final NavigableMap<HashKey, ShardRange> open = new TreeMap<>();
    private final Map<String, ShardRange> all = new HashMap<>();

    ShardMap(Collection<ShardRange> shards) {
        for (ShardRange shard : shards) {
            all.put(shard.shardId(), shard);
            if (shard.open()) {
                open.put(shard.first(), shard);
            }
        }
    }

    /** The open shard that will take {@code key}, where the map knows. */
    Optional<ShardRange> predict(HashKey key) {
        Map.Entry<HashKey, ShardRange> entry = open.floorEntry(key);
        return entry != null && entry.getValue().holds(key) ? Optional.of(entry.getValue()) : Optional.empty();
    }

    /** A shard by its id, closed ones too. */
    Optional<ShardRange> find(String shardId) {
        return Optional.ofNullable(all.get(shardId));
    }

    boolean sameOpenShards(ShardMap other) {
        return open.equals(other.open);
    }

    int openShards() {
        return open.size();
    }
}
