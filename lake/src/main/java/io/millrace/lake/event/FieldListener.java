package io.millrace.lake.event;

import java.nio.charset.StandardCharsets;

/** Hears from a {@link JsonScanner} of one object's names and values, in their order. Not thread-safe. */
abstract class FieldListener {

    static final int LONGEST_ESCAPE = "\\u0000".length();

    private final int deepest;
    private final int longestName;

    /** @param paths all fields whose values are ever asked for */
    FieldListener(FieldPath... paths) {
        int depth = 0;
        int name = 0;
        for (FieldPath path : paths) {
            depth = Math.max(depth, path.depth());
            name = Math.max(name, path.longestName());
        }
        deepest = depth;
        longestName = name;
    }

    /** The next name is a new object's. */
    abstract void reset();

    /**
     * A name in an object at this depth.
     *
     * @return whether its value is asked for: then comes {@link #text} or {@link #noText}
     */
    final boolean name(byte[] data, int from, int to, boolean hasEscapes, int depth) {
        if (depth > deepest) {
            return false;
        }
        if (hasEscapes && to - from <= longestName * LONGEST_ESCAPE) {
            String text = JsonText.decode(data, from, to, true);
            byte[] name = text.getBytes(StandardCharsets.UTF_8);
            boolean isText = text.equals(new String(name, StandardCharsets.UTF_8)); // a lone surrogate is none
            if (isText) {
                return isWanted(name, 0, name.length, depth);
            }
        }
        return isWanted(data, from, to, depth);
    }

    /** Whether the value of this name, which has no escapes, is asked for. */
    abstract boolean isWanted(byte[] data, int from, int to, int depth);

    /** Whether some field lies within a nested object. */
    final boolean isNested() {
        return deepest > 1;
    }

    /** The end of an object or array in an object at this depth. */
    final void leave(int depth) {
        if (depth < deepest) {
            forget(depth);
        }
    }

    /** What was matched below this depth is over. */
    abstract void forget(int depth);

    /**
     * The value is a string, of which this stands between the quotes, or a number, true or false.
     *
     * @return false where it is too long to be kept
     */
    abstract boolean text(byte[] data, int from, int to, boolean hasEscapes);

    /** The value is null, an object or an array. */
    abstract void noText();
}
