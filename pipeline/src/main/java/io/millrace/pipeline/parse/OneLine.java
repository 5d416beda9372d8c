package io.millrace.pipeline.parse;

import java.io.IOException;
import java.io.OutputStream;

/** Rewrites a valid event that spans lines onto one, touching nothing but the white space at its line breaks. */
public final class OneLine {

    private OneLine() {}

    /** Drops each line break and the white space after it: within valid JSON these stand between tokens only. */
    public static void write(byte[] data, int offset, int length, OutputStream out) throws IOException {
        int end = offset + length;
        int from = offset;
        while (from < end) {
            int to = from;
            while (to < end && !isLineBreak(data[to])) {
                to++;
            }
            out.write(data, from, to - from);
            from = to;
            while (from < end && isDropped(data[from])) {
                from++;
            }
        }
    }

    private static boolean isLineBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    private static boolean isDropped(byte b) {
        return isLineBreak(b) || b == ' ' || b == '\t';
    }
}
