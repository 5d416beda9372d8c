package io.millrace.pipeline.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Since when, and until when, records came to a shard that was stopped already. Not thread-safe. */
final class Refusals {

    private Optional<Instant> first = Optional.empty();
    private Instant last;

    void add(Instant now) {
        first = first.or(() -> Optional.of(now));
        last = now;
    }

    /** How long that has gone on, where it has happened. */
    Optional<Duration> lasting() {
        return first.map(start -> Duration.between(start, last));
    }
}
