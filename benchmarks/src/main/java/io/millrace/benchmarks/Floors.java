package io.millrace.benchmarks;

import io.millrace.benchmarks.Report.Ratio;
import java.util.List;
import java.util.Map;

/**
 * The ratios that a short run must reach, by each contender's best run. They tell a defect from a bad minute: on a machine
 * that did other things meanwhile, ratios fell to a half of what a quiet one shows.
 */
final class Floors {

    /** By benchmark and contender. */
    private static final Map<String, Double> FLOORS = Map.of("codec/jackson-tree", 1.5, "drain/kcl", 0.8);

    private Floors() {}

    /** Whether each floor of the benchmarks that were run was measured, and reached. */
    static boolean hold(List<String> benchmarks, List<Ratio> ratios) {
        boolean hold = true;
        for (Map.Entry<String, Double> floor : FLOORS.entrySet()) {
            String benchmark = floor.getKey().substring(0, floor.getKey().indexOf('/'));
            String contender = floor.getKey().substring(benchmark.length() + 1);
            if (benchmarks.contains(benchmark)) {
                hold &= isReached(benchmark, contender, floor.getValue(), ratios);
            }
        }
        return hold;
    }

    private static boolean isReached(String benchmark, String contender, double floor, List<Ratio> ratios) {
        for (Ratio ratio : ratios) {
            if (ratio.name().equals(benchmark) && ratio.contender().equals(contender)) {
                boolean reached = ratio.value() >= floor; // NaN is not
                System.out.printf("%s: %s by the best runs, floor %.2f%n", reached ? "ok" : "FAILED", ratio, floor);
                return reached;
            }
        }
        System.out.printf("FAILED: %s was not measured against %s%n", benchmark, contender);
        return false;
    }
}
