package io.millrace.producer.internal;

import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random time between nothing and a bound that doubles with each failure. Source:
 * "Exponential Backoff And Jitter", AWS Architecture Blog.
 */
final class Backoff {
    private static final long BASE_NANOS = 100_000_000;
    private static final long MAX_NANOS = 5_000_000_000L;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait after the {@code failures}th failure in a row, in nanoseconds. */
    long nanos(int failures) {
        long bound = failures > 6 ? MAX_NANOS : Math.min(MAX_NANOS, BASE_NANOS << (failures - 1));
        return random.nextLong(bound + 1);
    }
}
