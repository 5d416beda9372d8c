package io.millrace.localaws.kinesis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stream's shards at one moment. Immutable. */
final class ShardMap {

    private static final Pattern SHARD_ID = Pattern.compile("shardId-(\\d{12})");

    private final List<Shard> all;
    private final List<Shard> open;
    private final int nextIndex;

    private ShardMap(List<Shard> all, List<Shard> open, int nextIndex) {
        this.all = List.copyOf(all);
        this.open = open.stream()
                .sorted(Comparator.comparing(shard -> shard.range().start()))
                .toList();
        this.nextIndex = nextIndex;
    }

    static ShardMap of(List<Shard> shards) {
        return new ShardMap(shards, shards, shards.size());
    }

    /** All shards that are not expired, by index. */
    List<Shard> all() {
        return all;
    }

    /** The shards that take records, by hash key. Together they cover the whole space. */
    List<Shard> open() {
        return open;
    }

    /** The index of the next shard to be made. */
    int nextIndex() {
        return nextIndex;
    }

    Shard shardFor(HashKey key) {
        int low = 0;
        int high = open.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (open.get(middle).range().start().compareTo(key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return open.get(low);
    }

    Optional<Shard> find(String shardId) {
        Matcher digits = SHARD_ID.matcher(shardId);
        return digits.matches()
                ? find(Long.parseLong(digits.group(1)))
                        .filter(shard -> shard.id().equals(shardId))
                : Optional.empty();
    }

    Optional<Shard> find(long index) {
        int low = 0;
        int high = all.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = all.get(middle).index();
            if (found == index) {
                return Optional.of(all.get(middle));
            }
            if (found < index) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    ShardMap replace(Collection<Shard> parents, List<Shard> children) {
        List<Shard> newAll = new ArrayList<>(all);
        newAll.addAll(children);
        List<Shard> newOpen = new ArrayList<>(open);
        newOpen.removeAll(parents);
        newOpen.addAll(children);
        return new ShardMap(newAll, newOpen, nextIndex + children.size());
    }

    ShardMap without(Collection<Shard> expired) {
        List<Shard> newAll = new ArrayList<>(all);
        newAll.removeAll(expired);
        return new ShardMap(newAll, open, nextIndex);
    }
}
