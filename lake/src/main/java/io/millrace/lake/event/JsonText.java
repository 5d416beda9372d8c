package io.millrace.lake.event;

import java.nio.charset.StandardCharsets;

/** What stands between a JSON string's quotes, as text. */
final class JsonText {

    /** After a backslash and a u. */
    static final int HEX_DIGITS = 4;

    private JsonText() {}

    /** @param hasEscapes whether there are backslashes; those that there are begin proper escapes */
    static String decode(byte[] data, int from, int to, boolean hasEscapes) {
        if (!hasEscapes) {
            return new String(data, from, to - from, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int run = at;
            while (at < to && data[at] != '\\') {
                at++;
            }
            text.append(new String(data, run, at - run, StandardCharsets.UTF_8));
            if (at < to) {
                text.append(escaped(data, at + 1));
                at += data[at + 1] == 'u' ? 2 + HEX_DIGITS : 2;
            }
        }
        return text.toString();
    }

    private static char escaped(byte[] data, int at) {
        return switch (data[at]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(new String(data, at + 1, HEX_DIGITS, StandardCharsets.US_ASCII), 16);
            default -> (char) data[at];
        };
    }
}
