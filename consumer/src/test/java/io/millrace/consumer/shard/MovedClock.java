package io.millrace.consumer.shard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class MovedClock implements InstantSource {

    private Instant now = Instant.parse("2025-11-09T13:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void move(Duration time) {
        now = now.plus(time);
    }
}
