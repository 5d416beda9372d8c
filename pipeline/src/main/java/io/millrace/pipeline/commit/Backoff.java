package io.millrace.pipeline.commit;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a call is made again: exponential, with full jitter, so that shards that failed together do not
 * come back together.
 *
 * @param first the longest wait after the first failure; it doubles with each
 * @param longest the longest wait of all
 * @param random from 0 to 1
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {

    private static final int LAST_DOUBLING = 20;

    /** @param attempt how many have failed, from 1 */
    public Duration delay(int attempt) {
        long doublings = 1L << Math.min(attempt - 1, LAST_DOUBLING);
        long millis = Math.min(longest.toMillis(), first.toMillis() * doublings);
        return Duration.ofMillis(Math.max(1, Math.round(millis * random.getAsDouble())));
    }
}
