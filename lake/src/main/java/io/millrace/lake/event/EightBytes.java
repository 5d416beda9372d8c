package io.millrace.lake.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes looked at as one number, the first of them lowest; after Hacker's Delight, 6-1. */
final class EightBytes {

    static final long ONES = 0x0101010101010101L;
    static final long HIGHS = 0x8080808080808080L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private EightBytes() {}

    static long get(byte[] data, int at) {
        return (long) LONGS.get(data, at);
    }

    /** The index within its word of the lowest byte whose high bit is set. */
    static int firstHigh(long word) {
        return Long.numberOfTrailingZeros(word & HIGHS) >>> 3;
    }
}
