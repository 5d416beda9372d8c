package io.millrace.producer.internal;

import io.millrace.producer.Aggregation;
import io.millrace.producer.Ordering;
import io.millrace.producer.ProducerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Every event that waits, in a lane for each shard and there in slots. Owned by the loop's thread. */
final class Lanes {
    private final ProducerConfig config;
    private final boolean slotIsShard;
    private final boolean fillsRecords;
    private final long lingerNanos;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Slot> slots = new HashMap<>();

    /** Slots of events that are to be sent again alone, where no order is kept. */
    private final Set<Slot> strays = new LinkedHashSet<>();

    private ShardMap map = ShardMap.UNKNOWN;

    Lanes(ProducerConfig config) {
        this.config = config;
        this.fillsRecords = Packer.fillsRecords(config);
        this.slotIsShard = config.aggregation() == Aggregation.KPL
                || (config.ordering() == Ordering.NONE && config.aggregation() == Aggregation.NONE);
        this.lingerNanos = config.linger().toNanos();
    }

    void add(Event event, long now) {
        Slot slot = slotFor(event);
        slot.add(event);
        if (fillsRecords && slot.bytes() >= config.aggregationBytes()) {
            slot.lane.dueBy(now);
        }
        slot.lane.serve(slot, now);
    }

    private Slot slotFor(Event event) {
        if (!slotIsShard) {
            Slot slot = slots.get(event.partitionKey);
            if (slot == null) {
                slot = new Slot(event.partitionKey, laneFor(event));
                slots.put(slot.id, slot);
            }
            return slot;
        }
        Lane lane = laneFor(event);
        return slots.computeIfAbsent(lane.shard.map(ShardRange::shardId).orElse(""), id -> new Slot(id, lane));
    }

    private Lane laneFor(Event event) {
        Optional<ShardRange> shard = map.predict(HashKey.of(event.partitionKey));
        return lanes.computeIfAbsent(
                shard.map(ShardRange::shardId).orElse(""),
                id -> new Lane(shard, new ShardRate(config.rateLimit()), lingerNanos));
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    ShardMap map() {
        return map;
    }

    /** The lane of a shard; null for none. */
    Lane find(String shardId) {
        return lanes.get(shardId);
    }

    /** A slot whose record was settled: it goes on with what waits behind. */
    void goOn(Slot slot, long now) {
        slot.busy = false;
        if (slot.queue.isEmpty()) {
            forget(slot);
        } else {
            slot.lane.serve(slot, now);
        }
    }

    /** Events to be sent again, not before {@code notBefore}. */
    void sendAgain(Slot slot, List<Event> events, long notBefore, long now) {
        Slot back = slot;
        if (config.ordering() == Ordering.NONE) {
            back = new Slot(null, slot.lane);
            strays.add(back);
        }
        back.busy = false;
        back.putBack(events);
        back.notBefore = notBefore;
        back.lane.serve(back, now);
    }

    private void forget(Slot slot) {
        strays.remove(slot);
        if (slot.id != null) {
            slots.remove(slot.id, slot);
        }
    }

    /** Whether enough waits that lingering has no more point. */
    boolean backlog(long now) {
        long events = 0;
        long bytes = 0;
        for (Lane lane : lanes.values()) {
            if (lane.open(now)) {
                events += lane.queuedEvents();
                bytes += lane.queuedBytes();
            }
        }
        return bytes >= config.batchBytes() || (!fillsRecords && events >= config.batchRecords());
    }

    /** Takes out every waiting event that was accepted before {@code time} and is in memory only, in order. */
    List<Event> removeOlderThan(long time) {
        return remove(event -> event.acceptedAt < time && !event.fromSpill);
    }

    /** Takes out every waiting event, in the order of acceptance. */
    List<Event> removeAll() {
        return remove(event -> true);
    }

    private List<Event> remove(Predicate<Event> which) {
        List<Event> events = new ArrayList<>();
        for (Slot slot : liveSlots()) {
            slot.takeInto(events, which);
            if (slot.queue.isEmpty() && !slot.busy) {
                forget(slot);
            }
        }
        events.sort(Comparator.comparingLong(event -> event.ordinal));
        return events;
    }

    /** Lays everything out anew by another shard map, with {@code more} that came back; nothing may be on its way. */
    void layOut(ShardMap newMap, List<Event> more, long now) {
        List<Event> events = removeAll();
        events.addAll(more);
        events.sort(Comparator.comparingLong(event -> event.ordinal));
        lanes.clear();
        slots.clear();
        map = newMap;
        events.forEach(event -> add(event, now));
    }

    private List<Slot> liveSlots() {
        List<Slot> live = new ArrayList<>(slots.values());
        live.addAll(strays);
        return live;
    }
}
