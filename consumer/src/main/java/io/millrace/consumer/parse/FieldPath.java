package io.millrace.consumer.parse;

/**
 * Follows one field through an event: a top-level name, or a dotted path into nested objects. A name that holds dots
 * itself is found too: {@code resource.service.name} is {@code {"resource":{"service":{"name":…}}}},
 * {@code {"resource":{"service.name":…}}} or {@code {"resource.service.name":…}}.
 */
final class FieldPath {

    private final String[] steps;
    /** What is left of the path at each step. */
    private final String[] rests;
    /** How many steps the objects that are open now have matched. */
    private int matched;

    FieldPath(String path) {
        steps = path.split("\\.", -1);
        rests = new String[steps.length];
        String rest = path;
        for (int i = 0; i < steps.length; i++) {
            rests[i] = rest;
            rest = rest.substring(Math.min(rest.length(), steps[i].length() + 1));
        }
    }

    int depth() {
        return steps.length;
    }

    void reset() {
        matched = 0;
    }

    /** Whether the name, in an object at this depth (the event itself is 1), is the field's. */
    boolean isField(String name, int depth) {
        return depth == matched + 1 && name.equals(rests[matched]);
    }

    /** Notes where the name's object, which comes next, leads towards the field. */
    void step(String name, int depth) {
        if (depth == matched + 1 && depth < steps.length && name.equals(steps[matched])) {
            matched++;
        }
    }

    /** Forgets what was matched below this depth: the next name, or the end, of an object at this depth was read. */
    void leave(int depth) {
        matched = Math.min(matched, depth - 1);
    }
}
