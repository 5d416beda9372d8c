package io.millrace.producer.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Events of one shard in one record of the KPL's aggregated format. The record goes by an explicit hash key to the shard of
 * its first event; a single event goes as it is.
 */
final class KplPacker implements Packer {
    private final int fullBytes;

    KplPacker(int fullBytes) {
        this.fullBytes = fullBytes;
    }

    @Override
    public long nextSize(Slot slot) {
        return Math.max(
                slot.queue.getFirst().size(),
                Math.min(fullBytes, slot.bytes() + KplFormat.EMPTY_BYTES + 16L * slot.queue.size()));
    }

    @Override
    public OutRecord pack(Slot slot, int mostEvents, long now) {
        List<Event> events = new ArrayList<>();
        Map<String, Integer> keys = new LinkedHashMap<>();
        Event first = slot.take();
        events.add(first);
        keys.put(first.partitionKey, 0);
        int size = KplFormat.EMPTY_BYTES + KplFormat.keyBytes(first) + KplFormat.recordBytes(0, first);
        // While the shards are unknown, so is whether another event belongs to the same one.
        boolean together = slot.lane.shard.isPresent();
        while (together && !slot.queue.isEmpty()) {
            Event next = slot.queue.getFirst();
            Integer known = keys.get(next.partitionKey);
            int index = known == null ? keys.size() : known;
            int more = (known == null ? KplFormat.keyBytes(next) : 0) + KplFormat.recordBytes(index, next);
            if (first.keyBytes + size + more > fullBytes || events.size() >= Math.min(mostEvents, next.groupLimit)) {
                break;
            }
            keys.putIfAbsent(next.partitionKey, index);
            events.add(slot.take());
            size += more;
        }
        return events.size() == 1 ? single(slot, first) : shared(slot, events, keys, size);
    }

    private static OutRecord single(Slot slot, Event event) {
        return new OutRecord(
                slot, event.partitionKey, Optional.empty(), event.data, event.size(), List.of(event), slot.lane.shard);
    }

    private static OutRecord shared(Slot slot, List<Event> events, Map<String, Integer> keys, int size) {
        Event first = events.get(0);
        byte[] data = KplFormat.write(events, keys, size);
        return new OutRecord(
                slot,
                first.partitionKey,
                Optional.of(HashKey.of(first.partitionKey)),
                data,
                first.keyBytes + data.length,
                events,
                slot.lane.shard);
    }
}
