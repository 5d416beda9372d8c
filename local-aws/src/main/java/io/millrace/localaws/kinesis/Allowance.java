package io.millrace.localaws.kinesis;

/** A second's worth that fills again as time goes; what is taken beyond it must be made good first. Not thread-safe. */
final class Allowance {

    /** Fills the emptiest allowance, and keeps a long sleep from overflowing. */
    private static final long MOST_IDLE_MILLIS = 3_600_000;

    /**
     * Calls that come together take turns, each with the time at which it came: what was filled up to the later one's must
     * not be filled again. Only a clock that was set back goes back further.
     */
    private static final long LONGEST_CALL_MILLIS = 60_000;

    private final long perSecond;
    /** In thousandths, so that a millisecond adds a whole number. */
    private long left;

    private long asOfMillis;

    Allowance(long perSecond) {
        this.perSecond = perSecond;
        this.left = perSecond * 1_000;
    }

    boolean has(long amount, long nowMillis) {
        long idleMillis = nowMillis - asOfMillis;
        if (idleMillis > 0) {
            left = Math.min(perSecond * 1_000, left + perSecond * Math.min(MOST_IDLE_MILLIS, idleMillis));
        }
        if (idleMillis > 0 || idleMillis < -LONGEST_CALL_MILLIS) {
            asOfMillis = nowMillis;
        }
        return left >= amount * 1_000;
    }

    void take(long amount) {
        left -= amount * 1_000;
    }

    /** From the last {@link #has} on, how long until it holds this much. */
    long millisUntil(long amount) {
        long missing = amount * 1_000 - left;
        return missing <= 0 ? 0 : (missing + perSecond - 1) / perSecond;
    }
}
