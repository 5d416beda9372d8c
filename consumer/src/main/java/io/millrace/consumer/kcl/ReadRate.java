package io.millrace.consumer.kcl;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a shard gives more, after what it gave: 2 MB a second. It refuses who asks too early, and the SDK then waits longer than
 * it would have had to. Not every stand-in keeps to that, so it is kept to from the first refusal on, whatever refused.
 *
 * <p>Used by the shard's reading thread alone.
 */
final class ReadRate {

    /** API reference, GetRecords. */
    private static final long BYTES_PER_SECOND = 2_000_000;

    /** What the most that a read brings takes to be made good. */
    static final Duration LONGEST = Duration.ofMillis(ReadBudget.LARGEST_READ * 1000L / BYTES_PER_SECOND);

    private boolean limited;
    private boolean attemptRefused;
    private Instant free = Instant.EPOCH;

    /** The shard refused to be read. */
    void refused() {
        limited = true;
    }

    /** The shard refused, and answered a later attempt of the same call. */
    void attemptRefused() {
        limited = true;
        attemptRefused = true;
    }

    /** The shard gave so many bytes, to a call that may have taken several attempts. */
    void answered(Instant begun, Instant now, long bytes) {
        free = (attemptRefused ? now : begun).plusMillis(bytes * 1000 / BYTES_PER_SECOND);
        attemptRefused = false;
    }

    /** From when on it gives more; empty where it has never refused. */
    Optional<Instant> freeAgain() {
        return limited ? Optional.of(free) : Optional.empty();
    }
}
