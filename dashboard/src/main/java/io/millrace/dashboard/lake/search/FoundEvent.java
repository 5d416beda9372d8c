package io.millrace.dashboard.lake.search;

import java.time.Instant;

/**
 * An event that a search found, and where.
 *
 * @param line in its object, counted from 0
 * @param timestamp its own; null where that cannot be read
 * @param event the line as it is in the lake
 * @param cut whether {@code event} is only the beginning of a very long line
 */
public record FoundEvent(
        String key, long line, Instant timestamp, String service, String level, String event, boolean cut) {}
