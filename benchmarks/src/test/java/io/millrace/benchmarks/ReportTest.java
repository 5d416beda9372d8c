package io.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.benchmarks.Report.Ratio;
import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Comparison;
import io.millrace.benchmarks.api.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Benchmark BENCHMARK = new Benchmark() {
        @Override
        public String name() {
            return "drain";
        }

        @Override
        public List<String> contenders() {
            return List.of("ours", "kcl");
        }

        @Override
        public List<Comparison> comparisons() {
            return List.of(Comparison.more("events/s"));
        }

        @Override
        public Map<String, List<String>> jvms() {
            return Map.of();
        }

        @Override
        public Sample measure(String caseName, String contender) {
            throw new UnsupportedOperationException();
        }
    };

    private final Report report = new Report(BENCHMARK, List.of(series("ours", 90, 20, 40), series("kcl", 20, 30, 10)));

    @Test
    void ratiosAreOfMedians() {
        assertEquals(List.of(new Ratio("drain", "kcl", 2.0)), report.ratios());
    }

    @Test
    void floorsLookAtEachContendersBestRun() {
        assertEquals(List.of(new Ratio("drain", "kcl", 3.0)), report.bestRatios());
    }

    @Test
    void aRatioSaysHowManyTimesBetterOursIs() {
        assertEquals(2.0, Comparison.more("events/s").ratio(100, 50));
        assertEquals(2.0, Comparison.less("recovery s").ratio(10, 20));
    }

    private static Series series(String contender, double... runs) {
        return new Series(
                "",
                contender,
                java.util.Arrays.stream(runs).mapToObj(ReportTest::sample).toList());
    }

    private static Sample sample(double rate) {
        return Sample.of().with("events/s", rate);
    }
}
