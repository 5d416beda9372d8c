package io.millrace.lake.event;

/** Counts opening braces eight bytes at a time: a record has no more events than those, and every record is asked. */
public final class Braces {

    private static final long BRACES = EightBytes.ONES * '{';
    private static final long LOWS = ~EightBytes.HIGHS;

    private Braces() {}

    /** How many there are in the first {@code length} bytes. */
    public static long count(byte[] data, int length) {
        long count = 0;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            long other = EightBytes.get(data, i) ^ BRACES;
            count += Long.bitCount(~(((other & LOWS) + LOWS) | other | LOWS)); // one bit a zero byte
        }
        for (; i < length; i++) {
            count += data[i] == '{' ? 1 : 0;
        }
        return count;
    }
}
