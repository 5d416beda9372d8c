package io.millrace.dashboard.util;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A value that is fetched on demand and then kept for a while. Thread-safe: one caller fetches, the others wait for it,
 * so that ten browser tabs cost AWS one call. A failure is not kept.
 */
public final class Cached<T> {

    private final Supplier<T> source;
    private final Duration maxAge;
    private final InstantSource clock;
    private T value;
    private Instant fetchedAt;

    public Cached(Supplier<T> source, Duration maxAge, InstantSource clock) {
        this.source = source;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** The value, at most {@code maxAge} old. Whatever the source throws goes to the caller. */
    public synchronized T get() {
        Instant now = clock.instant();
        if (fetchedAt == null || now.isAfter(fetchedAt.plus(maxAge))) {
            value = source.get();
            fetchedAt = clock.instant();
        }
        return value;
    }
}
