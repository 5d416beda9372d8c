package io.millrace.consumer.partition;

import java.util.HashMap;
import java.util.Map;

/**
 * Assigns an event to its output partition by its service and time: a pure function, its cache aside.
 *
 * <p>An absent, empty or blank service is {@value #UNKNOWN}. Not thread-safe: one a shard.
 */
public final class Partitioner {

    public static final String UNKNOWN = "unknown";

    private static final int CACHED_SERVICES = 10_000;

    private final Map<String, String> prefixes = new HashMap<>();

    /** @param service what the event said, unescaped; empty where it said nothing */
    public OutputPartition assign(String service, long epochSecond) {
        String prefix = prefixes.get(service);
        if (prefix == null) {
            prefix = remember(service);
        }
        return new OutputPartition(prefix, Math.floorDiv(epochSecond, 3600L));
    }

    private String remember(String service) {
        if (prefixes.size() >= CACHED_SERVICES) {
            prefixes.clear();
        }
        String prefix = "service=" + (service.isBlank() ? UNKNOWN : HiveNames.escape(service));
        prefixes.put(service, prefix);
        return prefix;
    }
}
