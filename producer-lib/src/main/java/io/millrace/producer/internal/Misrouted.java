package io.millrace.producer.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Records of several partition keys that landed in another shard than predicted, as when the shard was split meanwhile. KCL
 * ignores an event that lies in a shard to which its partition key does not belong, so those events are sent again; the
 * others are delivered. Which is which, the next shard map tells. Owned by the loop's thread.
 */
final class Misrouted {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private record Landed(OutRecord record, PutOutcome.Delivered where, long at) {}

    /** Told of each event that turns out to lie where it belongs. */
    interface Delivery {
        void delivered(Event event, PutOutcome.Delivered where);
    }

    private final Delivery delivery;
    private final List<Landed> landed = new ArrayList<>();

    Misrouted(Delivery delivery) {
        this.delivery = delivery;
    }

    void add(OutRecord record, PutOutcome.Delivered where, long now) {
        landed.add(new Landed(record, where, now));
    }

    boolean isEmpty() {
        return landed.isEmpty();
    }

    /** Takes out every event whose whereabouts are in question. */
    List<Event> removeAll() {
        List<Event> events =
                landed.stream().flatMap(l -> l.record.events().stream()).toList();
        landed.clear();
        return events;
    }

    /** Whether {@code map} knows every shard in question, or those that it does not were waited for long enough. */
    boolean covers(ShardMap map, long now) {
        return landed.stream().allMatch(l -> map.find(l.where.shardId()).isPresent() || now - l.at > PATIENCE_NANOS);
    }

    /** Settles what lies where it belongs and answers what has to be sent again. */
    List<Event> resolve(ShardMap map) {
        List<Event> again = new ArrayList<>();
        for (Landed l : landed) {
            for (Event event : l.record.events()) {
                boolean home = map.find(l.where.shardId())
                        .map(shard -> shard.holds(HashKey.of(event.partitionKey)))
                        .orElse(false);
                if (home) {
                    delivery.delivered(event, l.where);
                } else {
                    again.add(event);
                }
            }
        }
        landed.clear();
        return again;
    }
}
