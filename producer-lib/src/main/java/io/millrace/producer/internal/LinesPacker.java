package io.millrace.producer.internal;

import io.millrace.producer.Compression;
import io.millrace.producer.ProducerConfig;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of one partition key as lines of one record. */
final class LinesPacker implements Packer {
    /** So many waiting events say that a partition key is behind: it has one record on its way at a time. */
    static final int BEHIND_EVENTS = 20;

    /** So does one that is sent this much later than its linger alone would have it. */
    static final Duration BEHIND = Duration.ofMillis(100);

    private final int fullBytes;
    private final Compression compression;
    private final boolean always;
    private final long behindNanos;

    private LinesPacker(ProducerConfig config, boolean always) {
        this.fullBytes = config.aggregationBytes();
        this.compression = config.compression();
        this.always = always;
        this.behindNanos = config.linger().plus(BEHIND).toNanos();
    }

    /** Joins all that waits. */
    static LinesPacker ofAll(ProducerConfig config) {
        return new LinesPacker(config, true);
    }

    /** Joins JSON objects of partition keys that are behind. */
    static LinesPacker ofKeysBehind(ProducerConfig config) {
        return new LinesPacker(config, false);
    }

    @Override
    public long nextSize(Slot slot) {
        return Math.max(slot.queue.getFirst().size(), Math.min(fullBytes, slot.bytes() + slot.queue.size()));
    }

    @Override
    public OutRecord pack(Slot slot, int mostEvents, long now) {
        List<Event> events = new ArrayList<>();
        boolean together = always || behind(slot, now);
        Event first = slot.take();
        events.add(first);
        int size = first.size();
        together = together && isLine(first.data);
        while (together && !slot.queue.isEmpty()) {
            Event next = slot.queue.getFirst();
            boolean fits =
                    size + 1 + next.data.length <= fullBytes && events.size() < Math.min(mostEvents, next.groupLimit);
            if (!fits || !isLine(next.data)) {
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

    private boolean behind(Slot slot, long now) {
        return slot.queue.size() >= BEHIND_EVENTS || now - slot.queue.getFirst().acceptedAt > behindNanos;
    }

    /** Whether it may share a record: what does so without having been asked to has to look like a JSON object. */
    private boolean isLine(byte[] data) {
        boolean object = data.length > 1 && data[0] == '{' && data[data.length - 1] == '}';
        return (always || object) && !holdsLineBreak(data);
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
