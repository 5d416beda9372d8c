package io.millrace.producer.internal;

import java.lang.reflect.Array;
import java.util.Map;

/** Writes maps and what they hold as JSON. */
public final class JsonText {
    private static final int MAX_DEPTH = 100;

    private final StringBuilder out = new StringBuilder();
    private int depth;

    private JsonText() {}

    /** @throws IllegalArgumentException for nesting deeper than 100, as of a map that holds itself */
    public static String of(Map<?, ?> map) {
        JsonText text = new JsonText();
        text.map(map);
        return text.out.toString();
    }

    private void value(Object value) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Iterable<?> items) {
            open('[');
            String separator = "";
            for (Object item : items) {
                out.append(separator);
                value(item);
                separator = ",";
            }
            close(']');
        } else if (value.getClass().isArray()) {
            array(value);
        } else {
            string(value.toString());
        }
    }

    private void map(Map<?, ?> map) {
        open('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(String.valueOf(entry.getKey()));
            out.append(':');
            value(entry.getValue());
            separator = ",";
        }
        close('}');
    }

    private void array(Object array) {
        open('[');
        for (int i = 0; i < Array.getLength(array); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(Array.get(array, i));
        }
        close(']');
    }

    private void open(char bracket) {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a log nested deeper than " + MAX_DEPTH + " levels");
        }
        out.append(bracket);
    }

    private void close(char bracket) {
        depth--;
        out.append(bracket);
    }

    /** JSON has no word for NaN and the infinities: they become strings. */
    private void number(Number number) {
        if (Double.isFinite(number.doubleValue()) || !(number instanceof Double || number instanceof Float)) {
            out.append(number);
        } else {
            string(number.toString());
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean loneSurrogate = Character.isSurrogate(c) && !paired(text, i);
                    if (c < 0x20 || loneSurrogate) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
