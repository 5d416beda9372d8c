package io.millrace.chaos;

import java.util.BitSet;

/** The numbers of the events that were put, by what their producer knows of them. Thread-safe. */
final class Ledger {

    private final BitSet acknowledged = new BitSet();
    private final BitSet uncertain = new BitSet();
    private final BitSet copied = new BitSet();
    private int next;

    synchronized int nextId() {
        return next++;
    }

    /** Kinesis has it. */
    synchronized void acknowledge(int id) {
        acknowledged.set(id);
    }

    /** No answer came: Kinesis has it or not. */
    synchronized void doubt(int id) {
        uncertain.set(id);
    }

    /** It is put again, so that the lake may hold it twice. */
    synchronized void copy(int id) {
        copied.set(id);
    }

    synchronized int count() {
        return acknowledged.cardinality();
    }

    /** The lake against what was put. */
    synchronized Audit audit(Tally tally) {
        BitSet lost = (BitSet) acknowledged.clone();
        BitSet seen = tally.seen(1);
        lost.andNot(seen);
        BitSet doubled = tally.seen(2);
        doubled.andNot(copied);
        BitSet thrice = tally.seen(3);
        thrice.and(copied);
        doubled.or(thrice);
        BitSet strange = seen;
        strange.andNot(acknowledged);
        strange.andNot(uncertain);
        return new Audit(acknowledged.cardinality(), lost, doubled, strange);
    }
}
