package io.millrace.producer.internal;

import io.millrace.producer.Totals;

/** Counts what became of the events; thread-safe, and each snapshot is of one moment. */
final class Ledger {
    private long accepted;
    private long delivered;
    private long rejected;
    private long expired;
    private long spilled;
    private long dropped;

    synchronized void accepted(long events) {
        accepted += events;
    }

    synchronized void settled(long delivered, long rejected, long expired) {
        this.delivered += delivered;
        this.rejected += rejected;
        this.expired += expired;
    }

    /** Events entered (or, negative, left) the spill file. */
    synchronized void spilled(long events) {
        spilled += events;
    }

    synchronized void dropped() {
        dropped++;
    }

    synchronized Totals totals() {
        long pending = accepted - delivered - rejected - expired;
        return new Totals(accepted, delivered, rejected, expired, pending, spilled, dropped);
    }
}
