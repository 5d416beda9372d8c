package io.millrace.consumer.parse;

/** Gives the same few texts (services) as strings without making a string each time. Bounded; not thread-safe. */
final class TextCache {

    private static final int SLOTS = 4096;
    private static final int LONGEST = 256;

    private final String[] texts = new String[SLOTS];

    String get(char[] chars, int offset, int length) {
        if (length > LONGEST) {
            return new String(chars, offset, length);
        }
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + chars[i];
        }
        int slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
        String cached = texts[slot];
        if (cached == null || !matches(cached, chars, offset, length)) {
            cached = new String(chars, offset, length);
            texts[slot] = cached;
        }
        return cached;
    }

    private static boolean matches(String text, char[] chars, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
