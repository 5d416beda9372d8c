package io.millrace.lake.event;

/**
 * Tells proper UTF-8 (Unicode 15, table 3-7) from what only looks like it: overlong forms and encoded surrogates make
 * DuckDB refuse a whole file.
 */
public final class Utf8 {

    /** What {@link #after} returns where there is no proper character. */
    static final int NONE = -1;

    private Utf8() {}

    /** The index behind the character whose first byte, no ASCII, is at {@code at}, or {@link #NONE}. */
    static int after(byte[] data, int at, int end) {
        int first = data[at] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return NONE;
        }
        int after = at + (first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4);
        if (after > end || !isSecond(first, data[at + 1] & 0xFF)) {
            return NONE;
        }
        for (int i = at + 2; i < after; i++) {
            if ((data[i] & 0xC0) != 0x80) {
                return NONE;
            }
        }
        return after;
    }

    private static boolean isSecond(int first, int second) {
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
    }

    public static boolean isProper(byte[] data, int from, int to) {
        int at = from;
        while (at < to && at != NONE) {
            at = data[at] >= 0 ? at + 1 : after(data, at, to);
        }
        return at != NONE;
    }
}
