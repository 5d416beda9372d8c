package io.millrace.dashboard.consumer;

import io.millrace.dashboard.consumer.ConsumerStatus.Shard;
import io.millrace.dashboard.consumer.ConsumerStatus.Totals;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** All consumers at one moment, merged. Immutable. */
public record ConsumerView(Instant time, List<ConsumerReport> consumers) {

    /**
     * How old the oldest event is that is not in the lake yet: the worst of all shards. Empty where no consumer tells.
     */
    public OptionalLong freshnessMillis() {
        return activeShards().mapToLong(Shard::freshnessMillis).max();
    }

    /** The shards that are worked on, by stream and id; where two consumers name one, the one that is less behind counts. */
    public Map<String, Shard> shards(String stream) {
        Map<String, Shard> shards = new LinkedHashMap<>();
        activeShards()
                .filter(shard -> stream.equals(shard.stream()))
                .sorted(Comparator.comparing(Shard::shardId).thenComparing(Shard::freshnessMillis))
                .forEach(shard -> shards.putIfAbsent(shard.shardId(), shard));
        return shards;
    }

    public Stream<Shard> activeShards() {
        return statuses().flatMap(status -> status.shards().stream()).filter(Shard::isActive);
    }

    /** Sums over the consumers that answered. */
    public Totals totals() {
        return statuses().map(ConsumerStatus::totals).reduce(new Totals(0, 0, 0, 0, 0, 0, 0, null), ConsumerView::plus);
    }

    /** The streams that the consumers work on. */
    public List<String> streams() {
        return statuses()
                .flatMap(status -> status.streams().stream())
                .map(ConsumerStatus.Target::stream)
                .distinct()
                .toList();
    }

    public Stream<ConsumerStatus> statuses() {
        return consumers.stream().filter(ConsumerReport::answered).map(ConsumerReport::status);
    }

    private static Totals plus(Totals a, Totals b) {
        return new Totals(
                a.records() + b.records(),
                a.written() + b.written(),
                a.deadLettered() + b.deadLettered(),
                a.deduplicated() + b.deduplicated(),
                a.batches() + b.batches(),
                a.objects() + b.objects(),
                a.objectBytes() + b.objectBytes(),
                later(a.lastCommit(), b.lastCommit()));
    }

    private static Instant later(Instant a, Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}
