package io.millrace.producer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of one partition key as lines of one record. */
final class LinesPacker implements Packer {
    private final int fullBytes;
    private final Compression compression;

    LinesPacker(int fullBytes, Compression compression) {
        this.fullBytes = fullBytes;
        this.compression = compression;
    }

    @Override
    public long nextSize(Slot slot) {
        return Math.max(slot.queue.getFirst().size(), fullBytes);
    }

    @Override
    public OutRecord pack(Slot slot, int mostEvents) {
        List<Event> events = new ArrayList<>();
        Event first = slot.take();
        events.add(first);
        int size = first.size();
        boolean alone = holdsLineBreak(first.data);
        while (!alone && !slot.queue.isEmpty()) {
            Event next = slot.queue.getFirst();
            boolean fits =
                    size + 1 + next.data.length <= fullBytes && events.size() < Math.min(mostEvents, next.groupLimit);
            if (!fits || holdsLineBreak(next.data)) {
                break;
            }
            events.add(slot.take());
            size += 1 + next.data.length;
        }
        byte[] data = compression == Compression.GZIP ? Gzip.compress(join(events)) : join(events);
        return new OutRecord(
                slot,
                first.partitionKey,
                Optional.empty(),
                data,
                first.keyBytes + data.length,
                events,
                slot.lane.shard);
    }

    private static byte[] join(List<Event> events) {
        if (events.size() == 1) {
            return events.get(0).data;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Event event : events) {
            if (lines.size() > 0) {
                lines.write('\n');
            }
            lines.writeBytes(event.data);
        }
        return lines.toByteArray();
    }

    private static boolean holdsLineBreak(byte[] data) {
        for (byte b : data) {
            if (b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }
}
