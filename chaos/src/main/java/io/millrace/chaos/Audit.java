package io.millrace.chaos;

import java.util.BitSet;

/**
 * What a lake holds of what was put.
 *
 * @param events how many were acknowledged
 * @param lost the acknowledged events that it does not hold
 * @param doubled the events that it holds more than once
 * @param strange the events that it holds and nobody put
 */
record Audit(int events, BitSet lost, BitSet doubled, BitSet strange) {

    boolean isComplete() {
        return lost.isEmpty();
    }

    /** Whether nothing is wrong that time could not mend. */
    boolean hasOnlyMissing() {
        return doubled.isEmpty() && strange.isEmpty();
    }

    boolean isExact() {
        return lost.isEmpty() && doubled.isEmpty() && strange.isEmpty();
    }

    @Override
    public String toString() {
        return "events " + events + ", lost " + lost.cardinality() + ", doubled " + doubled.cardinality()
                + (strange.isEmpty() ? "" : ", never put " + strange.cardinality());
    }

    /** The first few of what is wrong. */
    String examples() {
        return "lost " + first(lost) + ", doubled " + first(doubled) + ", never put " + first(strange);
    }

    private static String first(BitSet ids) {
        return ids.stream().limit(10).boxed().toList().toString();
    }
}
