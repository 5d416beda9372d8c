package io.millrace.dashboard.lake.search;

import java.time.Instant;
import java.util.List;

/**
 * What a search found, how far it came and why it stopped there.
 *
 * @param events sorted by time in the query's order
 * @param stopped {@code end}: everything was looked at; {@code limit}: there were enough events; {@code bytes} or
 *     {@code time}: a bound was reached
 * @param cursor to go on from here; null at the end
 * @param skipped objects that could not be read to their ends, with why; at most {@value #MAX_SKIPPED}
 */
public record SearchResult(
        List<FoundEvent> events, String stopped, String cursor, Scanned scanned, List<String> skipped) {

    static final int MAX_SKIPPED = 20;

    /**
     * How much was looked at.
     *
     * @param bytes after decompression
     * @param upTo the hour that was come to last; null where there was none
     */
    public record Scanned(int hours, int objects, long lines, long bytes, Instant upTo) {}
}
