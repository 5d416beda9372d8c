package io.millrace.producer.internal;

import java.nio.charset.StandardCharsets;

/**
 * Finds a top-level field in JSON without parsing the rest: a single pass that skips what it does not look for. It finds what
 * Millrace's consumer finds there: of duplicate names the last.
 */
public final class JsonFields {
    private static final String NULL = "null";

    private final byte[] json;
    private int at;

    private JsonFields(byte[] json) {
        this.json = json;
    }

    /**
     * The field's value as text: a string unescaped, anything else as it is written; null where there is none, or where it is
     * JSON's null. Of bytes that are no JSON object it is what stands before the first fault.
     */
    public static String topLevel(byte[] json, String field) {
        return new JsonFields(json).find(field);
    }

    private String find(String field) {
        byte[] wanted = field.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        int to = 0;
        skipBlank();
        boolean more = take('{');
        while (more) {
            skipBlank();
            int name = at;
            more = at < json.length && json[at] == '"' && skipString();
            boolean isWanted = more && isName(name + 1, at - 1, wanted, field);
            skipBlank();
            more = more && take(':');
            skipBlank();
            int value = at;
            more = more && skipValue();
            if (more && isWanted) {
                from = value;
                to = at;
            }
            skipBlank();
            more = more && take(',');
        }
        return from == to ? null : value(from, to);
    }

    /** Most names differ at once, and need not become a string for it. */
    private boolean isName(int from, int to, byte[] wanted, String field) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return unescape(from, to).equals(field);
            }
            if (i - from >= wanted.length || json[i] != wanted[i - from]) {
                return hasEscape(i, to) && unescape(from, to).equals(field);
            }
        }
        return to - from == wanted.length;
    }

    private boolean hasEscape(int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private String value(int from, int to) {
        if (json[from] == '"') {
            return unescape(from + 1, to - 1);
        }
        String text = text(from, to);
        return text.equals(NULL) ? null : text;
    }

    private boolean take(char c) {
        if (at < json.length && json[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlank() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    /** Goes past the string that begins here; false where it does not end. */
    private boolean skipString() {
        for (at++; at < json.length; at++) {
            if (json[at] == '\\') {
                at++;
            } else if (json[at] == '"') {
                at++;
                return true;
            }
        }
        return false;
    }

    private boolean skipValue() {
        int depth = 0;
        int from = at;
        while (at < json.length) {
            byte c = json[at];
            if (c == '"') {
                if (!skipString()) {
                    return false;
                }
                if (depth == 0) {
                    return true;
                }
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}' || c == ']' || c <= ' ')) {
                return at > from;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                at++;
                return true;
            }
            at++;
        }
        return false;
    }

    private String text(int from, int to) {
        return new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    private String unescape(int from, int to) {
        String raw = text(from, to);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\' || i + 1 == raw.length()) {
                out.append(c);
                continue;
            }
            char escape = raw.charAt(++i);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    int code = i + 5 <= raw.length() ? hex(raw, i + 1) : -1;
                    out.append(code < 0 ? '?' : (char) code);
                    i = code < 0 ? i : i + 4;
                }
                default -> out.append(escape);
            }
        }
        return out.toString();
    }

    private static int hex(String text, int from) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
