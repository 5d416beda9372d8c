package io.millrace.localaws.kinesis;

import java.util.List;

/** Changes a stream's open shards. The caller holds the stream's monitor. */
final class Resharding {

    private final ShardFactory shards;

    Resharding(ShardFactory shards) {
        this.shards = shards;
    }

    /** @param at where the second child begins; within the shard's range and not its start */
    void split(KinesisStream stream, Shard shard, HashKey at, long nowMillis) {
        HashKeyRange range = shard.range();
        int index = stream.shards().nextIndex();
        List<Shard> parents = List.of(shard);
        replace(
                stream,
                parents,
                List.of(
                        shards.make(index, new HashKeyRange(range.start(), at.previous()), parents, nowMillis),
                        shards.make(index + 1, new HashKeyRange(at, range.end()), parents, nowMillis)),
                nowMillis);
    }

    /** Merges two adjacent shards, in either order; the first named is the child's parent, the other its adjacent parent. */
    Shard merge(KinesisStream stream, Shard shard, Shard adjacent, long nowMillis) {
        boolean rising = shard.range().isJustBefore(adjacent.range());
        HashKeyRange range = rising
                ? new HashKeyRange(shard.range().start(), adjacent.range().end())
                : new HashKeyRange(adjacent.range().start(), shard.range().end());
        List<Shard> parents = List.of(shard, adjacent);
        Shard child = shards.make(stream.shards().nextIndex(), range, parents, nowMillis);
        replace(stream, parents, List.of(child), nowMillis);
        return child;
    }

    /** Splits at every border that is missing, then merges over every border that is too many, as AWS does. */
    void scale(KinesisStream stream, int targetCount, long nowMillis) {
        for (HashKeyRange target : HashKeyRange.uniform(targetCount)) {
            splitAt(stream, target.start(), nowMillis);
            if (target.end().compareTo(HashKey.MAX) < 0) {
                splitAt(stream, target.end().next(), nowMillis);
            }
            Shard merged = stream.shards().shardFor(target.start());
            while (merged.range().end().compareTo(target.end()) < 0) {
                Shard next = stream.shards().shardFor(merged.range().end().next());
                merged = merge(stream, merged, next, nowMillis);
            }
        }
    }

    private void splitAt(KinesisStream stream, HashKey border, long nowMillis) {
        Shard shard = stream.shards().shardFor(border);
        if (!shard.range().start().equals(border)) {
            split(stream, shard, border, nowMillis);
        }
    }

    /** The new map is set before the parents are closed: who finds a shard closed finds its children in the map. */
    private static void replace(KinesisStream stream, List<Shard> parents, List<Shard> children, long nowMillis) {
        stream.setShards(stream.shards().replace(parents, children));
        for (Shard parent : parents) {
            parent.close(nowMillis, children);
        }
    }
}
