package io.millrace.localaws.kinesis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A run of one shard's records in one byte array: 14 bytes a record beside key and data. It only ever grows at its end:
 * what a {@link View} shows stays as it is. Guarded by its shard's lock, but for views.
 *
 * <p>A record is: arrival (epoch milliseconds, 8 bytes), length of the partition key (2 bytes), partition key (UTF-8),
 * data.
 */
final class Segment {

    /** With its object header just under 1 MiB, so that it fills one region of the garbage collector and no second. */
    static final int CAPACITY = (1 << 20) - 64;

    static final int HEADER = 10;

    private static final int FIRST_CAPACITY = 4 << 10;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final long firstIndex;
    private final int capacity;
    private byte[] bytes;
    private int[] ends;
    private int count;

    /** Starts small, for the many shards that never see much. */
    static Segment small(long firstIndex, int recordLength) {
        return new Segment(firstIndex, CAPACITY, Math.max(recordLength, FIRST_CAPACITY));
    }

    static Segment full(long firstIndex, int recordLength) {
        return new Segment(firstIndex, CAPACITY, Math.max(recordLength, CAPACITY));
    }

    private Segment(long firstIndex, int capacity, int initial) {
        this.firstIndex = firstIndex;
        this.capacity = Math.max(capacity, initial);
        this.bytes = new byte[initial];
        this.ends = new int[Math.max(8, initial / 256)];
    }

    static int lengthOf(int keyLength, int dataLength) {
        return HEADER + keyLength + dataLength;
    }

    boolean hasRoomFor(int recordLength) {
        return used() + recordLength <= capacity;
    }

    void append(long arrivalMillis, byte[] source, int keyStart, int keyLength, int dataStart, int dataLength) {
        int start = used();
        int end = start + lengthOf(keyLength, dataLength);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(capacity, Math.max(end, 2 * bytes.length)));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        LONG.set(bytes, start, arrivalMillis);
        SHORT.set(bytes, start + 8, (short) keyLength);
        System.arraycopy(source, keyStart, bytes, start + HEADER, keyLength);
        System.arraycopy(source, dataStart, bytes, start + HEADER + keyLength, dataLength);
        ends[count++] = end;
    }

    long firstIndex() {
        return firstIndex;
    }

    /** The index after its last record. */
    long endIndex() {
        return firstIndex + count;
    }

    long lastArrival() {
        return arrival(bytes, startOf(ends, count - 1));
    }

    long firstArrival() {
        return arrival(bytes, 0);
    }

    /** The first index from {@code from} on that arrived at {@code millis} or later; {@link #endIndex} if none did. */
    long indexAtOrAfter(long millis, long from) {
        int low = (int) (from - firstIndex);
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (arrival(bytes, startOf(ends, middle)) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return firstIndex + low;
    }

    /** What it takes of the heap. */
    long heldBytes() {
        return bytes.length + 4L * ends.length + 96;
    }

    View view(long from, long to) {
        return new View(from, bytes, ends, (int) (from - firstIndex), (int) (to - from));
    }

    private int used() {
        return count == 0 ? 0 : ends[count - 1];
    }

    private static int startOf(int[] ends, int position) {
        return position == 0 ? 0 : ends[position - 1];
    }

    private static long arrival(byte[] bytes, int start) {
        return (long) LONG.get(bytes, start);
    }

    /**
     * Some records of a segment, numbered from 0, to be read without the lock.
     *
     * @param firstIndex the first one's index in the shard
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record View(long firstIndex, byte[] bytes, int[] ends, int offset, int size) {

        long arrival(int i) {
            return Segment.arrival(bytes, start(i));
        }

        int keyStart(int i) {
            return start(i) + HEADER;
        }

        int keyLength(int i) {
            return (short) SHORT.get(bytes, start(i) + 8);
        }

        int dataStart(int i) {
            return keyStart(i) + keyLength(i);
        }

        int dataLength(int i) {
            return ends[offset + i] - dataStart(i);
        }

        /** Of key and data. */
        int length(int i) {
            return ends[offset + i] - start(i) - HEADER;
        }

        private int start(int i) {
            return startOf(ends, offset + i);
        }
    }
}
