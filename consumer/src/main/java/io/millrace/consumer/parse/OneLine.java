package io.millrace.consumer.parse;

import java.util.Arrays;

/** Rewrites a valid event that spans lines onto one, touching nothing but the white space at its line breaks. */
public final class OneLine {

    private OneLine() {}

    /** Drops each line break and the white space after it: within valid JSON these stand between tokens only. */
    public static byte[] of(byte[] data, int offset, int length) {
        byte[] line = new byte[length];
        int size = 0;
        boolean skipping = false;
        for (int i = offset; i < offset + length; i++) {
            byte b = data[i];
            boolean lineBreak = b == '\n' || b == '\r';
            skipping = lineBreak || (skipping && (b == ' ' || b == '\t'));
            if (!skipping) {
                line[size++] = b;
            }
        }
        return Arrays.copyOf(line, size);
    }
}
