package io.millrace.dashboard.stream;

import java.time.Instant;

/** One event of a live tail: {@code event} is its text as it came in. */
public record TailEvent(Instant arrival, String shardId, String sequenceNumber, String event) {}
