package io.millrace.ingest.generate;

import java.util.concurrent.locks.LockSupport;

/** Keeps events to a rate by the wall: late ones are caught up. */
final class Pacer {
    private static final long SECOND = 1_000_000_000L;

    private final long rate;
    private final long startedAt;

    /** @param rate events a second, 0 for any */
    Pacer(long rate, long startedAt) {
        this.rate = rate;
        this.startedAt = startedAt;
    }

    /** Waits until the event of this number, from 0 on, is due. */
    void await(long number) {
        if (rate == 0) {
            return;
        }
        long due = startedAt + number / rate * SECOND + number % rate * SECOND / rate;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
