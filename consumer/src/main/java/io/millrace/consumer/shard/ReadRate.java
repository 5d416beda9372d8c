package io.millrace.consumer.shard;

import java.time.Instant;
import java.util.Optional;

/**
 * When a shard gives more, after what it gave: 2 MB a second. It refuses who asks too early, and the SDK then waits longer than
 * it would have had to. Stand-ins need not keep to that, so it is kept to from the first refusal on.
 *
 * <p>Used by the shard's reading thread alone.
 */
final class ReadRate {

    /** API reference, GetRecords. */
    private static final long BYTES_PER_SECOND = 2_000_000;

    private boolean limited;
    private boolean refusedNow;
    private Instant free = Instant.EPOCH;

    /** The shard refused to be read. */
    void refused() {
        limited = true;
        refusedNow = true;
    }

    /** The shard gave so many bytes, to a call that may have taken several attempts. */
    void answered(Instant begun, Instant now, long bytes) {
        free = (refusedNow ? now : begun).plusMillis(bytes * 1000 / BYTES_PER_SECOND);
        refusedNow = false;
    }

    /** From when on it gives more; empty where it has never refused. */
    Optional<Instant> freeAgain() {
        return limited ? Optional.of(free) : Optional.empty();
    }
}
