package io.millrace.lake.event;

import java.util.Arrays;

/** Gives the same few texts (services) as strings without making a string each time. Bounded; not thread-safe. */
final class TextCache {

    private static final int SLOTS = 4096;
    private static final int LONGEST = 256;

    /** As they stand in the data, escapes and all. */
    private final byte[][] written = new byte[SLOTS][];

    private final String[] texts = new String[SLOTS];

    String get(byte[] data, int from, int to, boolean hasEscapes) {
        if (to - from > LONGEST) {
            return JsonText.decode(data, from, to, hasEscapes);
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + data[i];
        }
        int slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
        byte[] cached = written[slot];
        if (cached == null || !Arrays.equals(cached, 0, cached.length, data, from, to)) {
            written[slot] = Arrays.copyOfRange(data, from, to);
            texts[slot] = JsonText.decode(data, from, to, hasEscapes);
        }
        return texts[slot];
    }
}
