package io.millrace.producer.internal;

import java.util.List;
import java.util.Optional;

/** One event, one record. */
final class SinglePacker implements Packer {

    @Override
    public long nextSize(Slot slot) {
        return slot.queue.getFirst().size();
    }

    @Override
    public OutRecord pack(Slot slot, int mostEvents, long now) {
        Event event = slot.take();
        return new OutRecord(
                slot, event.partitionKey, Optional.empty(), event.data, event.size(), List.of(event), slot.lane.shard);
    }
}
