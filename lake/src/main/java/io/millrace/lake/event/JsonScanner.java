package io.millrace.lake.event;

import io.millrace.lake.deadletter.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads a JSON value (RFC 8259) where it stands, once and from left to right, and tells a {@link FieldListener} of the names
 * and values on its way. It makes nothing and copies nothing, so what a value holds costs no memory. Not thread-safe.
 */
public final class JsonScanner {

    /** What {@link #value} returns where the value's end was not found. */
    public static final int NONE = -1;

    public static final int DEPTH_LIMIT = 1_000;

    private static final long QUOTES = EightBytes.ONES * '"';
    private static final long BACKSLASHES = EightBytes.ONES * '\\';
    private static final long SPACES = EightBytes.ONES * ' ';
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final FieldListener fields;
    /** Whether what is open at a depth is an object; else it is an array. */
    private final boolean[] isObject = new boolean[DEPTH_LIMIT + 1];

    private byte[] data;
    private int start;
    private int end;
    private int depth;
    /** Of the name that was read last: whether its value is asked for. */
    private boolean isWanted;
    /** Of the string that was read last. */
    private boolean hasEscapes;

    private boolean hasLineBreaks;
    private DeadLetterReason reason;
    private String error;

    public JsonScanner(EventFields fields) {
        this((FieldListener) fields);
    }

    JsonScanner(FieldListener fields) {
        this.fields = fields;
    }

    /**
     * Reads the value that begins at {@code from}. {@link #reason} tells what is wrong with it, if anything is.
     *
     * @return the index behind it; or {@link #NONE} where it has no end because it is no JSON, or nested too deep
     */
    public int value(byte[] data, int from, int end) {
        this.data = data;
        this.start = from;
        this.end = end;
        depth = 0;
        isWanted = false;
        hasLineBreaks = false;
        reason = null;
        error = "";
        fields.reset();
        try {
            return read(from);
        } finally {
            this.data = null; // it may be large, and the next record long in coming
        }
    }

    private int read(int from) {
        int at = from;
        do {
            byte first = at < end ? data[at] : 0;
            boolean opens = first == '{' || first == '[';
            at = opens ? open(at, first) : scalar(at, first);
            at = at == NONE ? NONE : next(at, opens);
        } while (depth > 0 && at != NONE);
        return at;
    }

    /** Whether raw line breaks stand between its tokens. */
    public boolean hasLineBreaks() {
        return hasLineBreaks;
    }

    /** Null where nothing is wrong. */
    public DeadLetterReason reason() {
        return reason;
    }

    public String error() {
        return error;
    }

    private int open(int at, byte first) {
        if (isWanted) {
            fields.noText();
            isWanted = false;
        }
        if (depth == DEPTH_LIMIT) {
            return fail(DeadLetterReason.TOO_DEEP, "it is nested deeper than " + DEPTH_LIMIT + " levels");
        }
        isObject[++depth] = first == '{';
        return at + 1;
    }

    /** Goes on behind a value, or what opened one, to where the next begins; or behind the outermost's end. */
    private int next(int from, boolean opened) {
        int at = from;
        boolean isFirst = opened;
        while (depth > 0) {
            at = space(at);
            byte next = at < end ? data[at] : 0;
            boolean inObject = isObject[depth];
            if (next == (inObject ? '}' : ']')) {
                at++;
                depth--;
                fields.leave(depth);
                isFirst = false;
            } else if (isFirst) {
                return inObject ? name(at) : at;
            } else if (next == ',') {
                at = space(at + 1);
                return inObject ? name(at) : at;
            } else {
                return expected(inObject ? "a comma or a closing brace" : "a comma or a closing bracket", at);
            }
        }
        return at;
    }

    private int name(int from) {
        if (from >= end || data[from] != '"') {
            return expected("a name in quotes", from);
        }
        int after = string(from + 1);
        if (after == NONE) {
            return NONE;
        }
        isWanted = fields.name(data, from + 1, after - 1, hasEscapes, depth);
        int colon = space(after);
        return colon < end && data[colon] == ':' ? space(colon + 1) : expected("a colon", colon);
    }

    private int scalar(int from, byte first) {
        int after = switch (first) {
            case '"' -> string(from + 1);
            case 't' -> literal(TRUE, from);
            case 'f' -> literal(FALSE, from);
            case 'n' -> literal(NULL, from);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(from, first);
            default -> expected("a value", from);
        };
        if (isWanted && after != NONE) {
            isWanted = false;
            take(from, after, first);
        }
        return after;
    }

    private void take(int from, int after, byte first) {
        if (first == 'n') {
            fields.noText();
            return;
        }
        boolean isString = first == '"';
        boolean fits =
                fields.text(data, isString ? from + 1 : from, isString ? after - 1 : after, isString && hasEscapes);
        if (!fits) {
            reason = DeadLetterReason.TOO_LONG;
            error = "its service, timestamp or id is longer than " + EventFields.TEXT_LIMIT + " bytes";
        }
    }

    /** Reads on behind the string's closing quote. Improper UTF-8 is noted only: where the event ends is plain still. */
    private int string(int from) {
        hasEscapes = false;
        int at = plain(from);
        while (at < end && data[at] != '"') {
            byte b = data[at];
            if (b == '\\') {
                hasEscapes = true;
                at = escape(at + 1);
            } else if (b < 0) {
                int after = Utf8.after(data, at, end);
                at = after == Utf8.NONE ? improper(at) : after;
            } else {
                return fail(
                        DeadLetterReason.NOT_JSON,
                        "byte " + (at - start) + " of it is a control character in a string");
            }
            if (at == NONE) {
                return NONE;
            }
            at = plain(at);
        }
        return at < end ? at + 1 : expected("a closing quote", at);
    }

    /** Passes over ASCII up to a quote, a backslash or a control character, eight bytes at a time. */
    private int plain(int from) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = EightBytes.get(data, at);
            // A byte's high bit says that it is one. Exact up to the first: what it borrows is later bytes'.
            long others = ((word ^ QUOTES) - EightBytes.ONES)
                    | ((word ^ BACKSLASHES) - EightBytes.ONES)
                    | (word - SPACES)
                    | word;
            if ((others & EightBytes.HIGHS) != 0) {
                return at + EightBytes.firstHigh(others);
            }
        }
        while (at < end && data[at] >= ' ' && data[at] != '"' && data[at] != '\\') {
            at++;
        }
        return at;
    }

    private int escape(int at) {
        byte escaped = at < end ? data[at] : 0;
        return switch (escaped) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> hexDigits(at + 1);
            default -> expected("an escape", at);
        };
    }

    private int hexDigits(int from) {
        for (int at = from; at < from + JsonText.HEX_DIGITS; at++) {
            if (at >= end || !HexFormat.isHexDigit(data[at])) {
                return expected("a hexadecimal digit", at);
            }
        }
        return from + JsonText.HEX_DIGITS;
    }

    private int improper(int at) {
        if (reason == null) {
            reason = DeadLetterReason.INVALID_UTF8;
            error = "byte " + (at - start) + " of it begins no proper UTF-8";
        }
        return at + 1;
    }

    private int literal(byte[] literal, int from) {
        int after = from + literal.length;
        return after <= end && Arrays.equals(literal, 0, literal.length, data, from, after)
                ? after
                : expected("a value", from);
    }

    private int number(int from, byte first) {
        int at = first == '-' ? from + 1 : from;
        at = at < end && data[at] == '0' ? at + 1 : digits(at);
        if (at != NONE && at < end && data[at] == '.') {
            at = digits(at + 1);
        }
        if (at != NONE && at < end && (data[at] | ' ') == 'e') {
            at++;
            at = digits(at < end && (data[at] == '+' || data[at] == '-') ? at + 1 : at);
        }
        return at;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && data[at] >= '0' && data[at] <= '9') {
            at++;
        }
        return at > from ? at : expected("a digit", at);
    }

    private int space(int from) {
        int at = from;
        while (at < end && data[at] <= ' ') {
            byte b = data[at];
            if (b == '\n' || b == '\r') {
                hasLineBreaks = true;
            } else if (b != ' ' && b != '\t') {
                return at;
            }
            at++;
        }
        return at;
    }

    private int expected(String what, int at) {
        return fail(
                DeadLetterReason.NOT_JSON,
                at < end ? "byte " + (at - start) + " of it is not " + what : "it ends where " + what + " is due");
    }

    private int fail(DeadLetterReason why, String what) {
        reason = why;
        error = what;
        return NONE;
    }
}
