package io.millrace.dashboard.lake.content;

import java.time.Duration;
import java.time.InstantSource;

/** What one request may read: so many bytes after decompression, and so much time. Used by one thread. */
public final class ScanBudget {

    /** The bound that was reached. */
    public enum Limit {
        NONE,
        BYTES,
        TIME
    }

    private final InstantSource clock;
    private final long deadline;
    private final long maxBytes;
    private long bytes;

    public ScanBudget(InstantSource clock, Duration time, long maxBytes) {
        this.clock = clock;
        this.deadline = clock.millis() + time.toMillis();
        this.maxBytes = maxBytes;
    }

    void spend(long count) {
        bytes += count;
    }

    /** Which bound is reached now. */
    public Limit reached() {
        if (bytes >= maxBytes) {
            return Limit.BYTES;
        }
        return isLate() ? Limit.TIME : Limit.NONE;
    }

    public boolean isLate() {
        return clock.millis() > deadline;
    }

    public long bytes() {
        return bytes;
    }
}
