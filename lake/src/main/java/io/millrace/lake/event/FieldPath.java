package io.millrace.lake.event;

import java.nio.charset.StandardCharsets;

/**
 * Follows one field through an event: a top-level name, or a dotted path into nested objects. A name that holds dots
 * itself is found too: {@code resource.service.name} is {@code {"resource":{"service":{"name":…}}}},
 * {@code {"resource":{"service.name":…}}} or {@code {"resource.service.name":…}}.
 */
final class FieldPath {

    private final byte[][] steps;
    /** What is left of the path at each step. */
    private final byte[][] rests;
    /** How many steps the objects that are open now have matched. */
    private int matched;

    FieldPath(String path) {
        String[] names = path.split("\\.", -1);
        steps = new byte[names.length][];
        rests = new byte[names.length][];
        String rest = path;
        for (int i = 0; i < names.length; i++) {
            steps[i] = names[i].getBytes(StandardCharsets.UTF_8);
            rests[i] = rest.getBytes(StandardCharsets.UTF_8);
            rest = rest.substring(Math.min(rest.length(), names[i].length() + 1));
        }
    }

    int depth() {
        return steps.length;
    }

    /** The longest name that may be the field's, in bytes. */
    int longestName() {
        return rests[0].length;
    }

    void reset() {
        matched = 0;
    }

    /** Whether the name, in an object at this depth (the event itself is 1), is the field's. */
    boolean isField(byte[] data, int from, int to, int depth) {
        return depth == matched + 1 && isName(rests[matched], data, from, to);
    }

    /** Notes where the name's object, which comes next, leads towards the field. */
    void step(byte[] data, int from, int to, int depth) {
        if (depth == matched + 1 && depth < steps.length && isName(steps[matched], data, from, to)) {
            matched++;
        }
    }

    /** Forgets what was matched below this depth: the next name, or the end, of an object at this depth was read. */
    void leave(int depth) {
        matched = Math.min(matched, depth - 1);
    }

    private static boolean isName(byte[] name, byte[] data, int from, int to) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) { // most differ at once, before a comparison of ranges has begun
            if (name[i] != data[from + i]) {
                return false;
            }
        }
        return true;
    }
}
