package io.millrace.consumer.retention;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a shard is read: everything that arrived before a time.
 *
 * @param upTo that time
 * @param retention how long the stream kept its records then
 */
public record ReadMark(Instant upTo, Duration retention) {

    /** Clocks differ, and arrival times are approximate: rather one look too many. */
    static final Duration MARGIN = Duration.ofMinutes(2);

    /**
     * Whether records that arrived after this mark may be gone.
     *
     * @param current how long the stream keeps its records now: what was gone stays gone when that is raised
     */
    boolean mayHaveLost(Instant now, Duration current) {
        Duration kept = retention.compareTo(current) < 0 ? retention : current;
        return upTo.plus(kept).minus(MARGIN).isBefore(now);
    }
}
