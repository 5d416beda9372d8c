package io.millrace.benchmarks;

import io.millrace.benchmarks.Report.Ratio;
import java.util.List;
import java.util.Map;

/** The ratios that a short run must reach, with room below what was measured for a noisy machine. */
final class Floors {

    /** So short a drain is mostly two JVMs warming up: its floor tells of a loader that has become several times slower. */
    private static final Map<String, Double> FLOORS = Map.of("codec/jackson-tree", 1.5, "drain/kcl", 0.4);

    private Floors() {}

    static boolean hold(List<Ratio> ratios) {
        boolean hold = true;
        for (Ratio ratio : ratios) {
            Double floor = FLOORS.get(ratio.name() + "/" + ratio.contender());
            if (floor != null && ratio.value() < floor) {
                System.out.printf("FAILED: %s is under its floor %.2f%n", ratio, floor);
                hold = false;
            }
        }
        return hold;
    }
}
