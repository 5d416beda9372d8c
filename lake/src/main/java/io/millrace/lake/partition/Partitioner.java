package io.millrace.lake.partition;

import java.util.HashMap;
import java.util.Map;

/**
 * Assigns an event to its output partition by its service and time: a pure function, its cache aside.
 *
 * <p>An absent, empty or blank service is {@value #UNKNOWN}. Not thread-safe: one a shard.
 */
public final class Partitioner {

    public static final String UNKNOWN = "unknown";

    private static final int CACHED_SERVICES = 2_000;
    /** In characters: a longer one is escaped each time, so that the cache stays small whatever services are called. */
    private static final int LONGEST_CACHED = 256;

    private final Map<String, String> prefixes = new HashMap<>();

    /** @param service what the event said, unescaped; empty where it said nothing */
    public OutputPartition assign(String service, long epochSecond) {
        String prefix = prefixes.get(service);
        if (prefix == null) {
            prefix = OutputPartition.SERVICE + (service.isBlank() ? UNKNOWN : HiveNames.escape(service));
            remember(service, prefix);
        }
        return new OutputPartition(prefix, Math.floorDiv(epochSecond, 3600L));
    }

    private void remember(String service, String prefix) {
        if (service.length() > LONGEST_CACHED) {
            return;
        }
        if (prefixes.size() >= CACHED_SERVICES) {
            prefixes.clear();
        }
        prefixes.put(service, prefix);
    }
}
