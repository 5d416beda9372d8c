package io.millrace.dashboard.lake.search;

import io.millrace.dashboard.event.EventFilter;
import java.time.Instant;
import java.util.Optional;

/**
 * What to search for.
 *
 * @param service as events name it; empty for all services
 * @param from events at or after this
 * @param to events before this
 * @param newestFirst whether later hours come first
 * @param limit how many events one answer may hold
 * @param cursor where an earlier answer stopped
 */
public record LogQuery(
        String bucket,
        String service,
        Instant from,
        Instant to,
        EventFilter filter,
        boolean newestFirst,
        int limit,
        Optional<SearchCursor> cursor) {}
