package io.millrace.localaws.kinesis;

import java.util.ArrayList;
import java.util.List;

/**
 * A shard's records in the order they came, each at an index that never changes: 0, 1, 2 and so on since the shard was
 * made. Arrival times never fall, whatever the clock does. Guarded by its shard's lock.
 */
final class RecordLog {

    private final HeldBytes held;
    private final List<Segment> segments = new ArrayList<>();
    private long trimmedTo;
    private long endIndex;
    private long lastArrival;

    RecordLog(HeldBytes held, long createdMillis) {
        this.held = held;
        this.lastArrival = createdMillis;
    }

    /** The oldest record still held; {@link #endIndex} where there is none. */
    long trimmedTo() {
        return trimmedTo;
    }

    /** Where the next record goes. */
    long endIndex() {
        return endIndex;
    }

    /** Stores a record and returns its arrival time. */
    long append(long nowMillis, byte[] source, int keyStart, int keyLength, int dataStart, int dataLength) {
        int length = Segment.lengthOf(keyLength, dataLength);
        Segment segment = segments.isEmpty() ? null : last();
        if (segment == null || !segment.hasRoomFor(length)) {
            segment = segment == null ? Segment.small(endIndex, length) : Segment.full(endIndex, length);
            segments.add(segment);
            held.add(segment.heldBytes());
        }
        long before = segment.heldBytes();
        lastArrival = Math.max(lastArrival, nowMillis);
        segment.append(lastArrival, source, keyStart, keyLength, dataStart, dataLength);
        held.add(segment.heldBytes() - before);
        endIndex++;
        return lastArrival;
    }

    /** Forgets what arrived before this time. */
    void trimBefore(long millis) {
        while (!segments.isEmpty() && segments.get(0).lastArrival() < millis) {
            dropOldest();
        }
        if (!segments.isEmpty()) {
            trimmedTo = segments.get(0).indexAtOrAfter(millis, trimmedTo);
        }
    }

    /** Frees a segment's memory with the records in it. */
    void dropOldest() {
        if (!segments.isEmpty()) {
            Segment oldest = segments.remove(0);
            trimmedTo = oldest.endIndex();
            held.add(-oldest.heldBytes());
        }
    }

    void dropAll() {
        while (!segments.isEmpty()) {
            dropOldest();
        }
    }

    /** When the oldest segment began; {@link Long#MAX_VALUE} where nothing is held. */
    long oldestArrival() {
        return segments.isEmpty() ? Long.MAX_VALUE : segments.get(0).firstArrival();
    }

    /** The first record that arrived at this time or later; {@link #endIndex} if there is none yet. */
    long indexAtOrAfter(long millis) {
        if (segments.isEmpty() || lastArrival < millis) {
            return endIndex;
        }
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).lastArrival() < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Segment segment = segments.get(low);
        return segment.indexAtOrAfter(millis, Math.max(trimmedTo, segment.firstIndex()));
    }

    /** Records from this index on, at least one where there is one, within both limits after it. */
    Slice read(long from, int maxRecords, int maxBytes) {
        long index = Math.max(from, trimmedTo);
        int records = maxRecords;
        int bytes = maxBytes;
        List<Segment.View> views = new ArrayList<>();
        for (int i = positionOf(index); i < segments.size() && records > 0; i++) {
            Segment segment = segments.get(i);
            Segment.View all = segment.view(index, Math.min(segment.endIndex(), index + records));
            int taken = views.isEmpty() ? 1 : 0;
            bytes -= taken == 1 ? all.length(0) : 0;
            while (taken < all.size() && all.length(taken) <= bytes) {
                bytes -= all.length(taken++);
            }
            if (taken > 0) {
                views.add(segment.view(index, index + taken));
                index += taken;
                records -= taken;
            }
            if (taken < all.size()) {
                break;
            }
        }
        long nextArrival = index < endIndex ? arrivalOf(index) : Long.MAX_VALUE;
        return new Slice(views, index, nextArrival, maxBytes - bytes);
    }

    private long arrivalOf(long index) {
        Segment.View view = segments.get(positionOf(index)).view(index, index + 1);
        return view.arrival(0);
    }

    private int positionOf(long index) {
        int low = 0;
        int high = segments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).endIndex() <= index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Segment last() {
        return segments.get(segments.size() - 1);
    }

    /**
     * What one read found.
     *
     * @param next the index after the last record
     * @param nextArrival when the record at {@code next} arrived; {@link Long#MAX_VALUE} if it has not yet
     * @param bytes of keys and data
     */
    record Slice(List<Segment.View> views, long next, long nextArrival, int bytes) {

        /** When the last of its records arrived; this time where it has none. */
        long lastArrival(long nowMillis) {
            if (views.isEmpty()) {
                return nowMillis;
            }
            Segment.View last = views.get(views.size() - 1);
            return last.arrival(last.size() - 1);
        }

        /** How old the next record is; 0 where there is none. */
        long millisBehind(long nowMillis) {
            return Math.max(0, nowMillis - nextArrival);
        }

        int size() {
            return views.stream().mapToInt(Segment.View::size).sum();
        }
    }
}
