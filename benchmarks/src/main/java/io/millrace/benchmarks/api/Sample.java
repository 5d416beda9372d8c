package io.millrace.benchmarks.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of one run, by name with their unit, as {@code events/s}; in the order in which they are shown.
 */
public record Sample(Map<String, Double> figures) {

    public Sample {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    public static Sample of() {
        return new Sample(Map.of());
    }

    public Sample with(String figure, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(figure, value);
        return new Sample(more);
    }
}
