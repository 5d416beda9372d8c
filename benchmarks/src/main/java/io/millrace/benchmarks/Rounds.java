package io.millrace.benchmarks;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a benchmark: contenders take turns, round after round, so that a machine's bad minute hits them all. */
final class Rounds {

    private final Benchmark benchmark;
    private final int counted;
    private final List<String> cases;

    Rounds(Benchmark benchmark, Options options) {
        this.benchmark = benchmark;
        this.counted = options.runs();
        this.cases = options.chosenCases(benchmark.cases());
    }

    List<Series> run() throws Exception {
        Map<String, Series> series = new LinkedHashMap<>();
        int warmUps = benchmark.warmUpRounds();
        for (int round = -warmUps; round < counted; round++) {
            for (String caseName : cases) {
                for (String contender : contenders(caseName)) {
                    Sample sample = benchmark.measure(caseName, contender);
                    tell(round, caseName, contender, sample);
                    if (round >= 0) {
                        series.computeIfAbsent(
                                        caseName + "/" + contender,
                                        key -> new Series(caseName, contender, new ArrayList<>()))
                                .samples()
                                .add(sample);
                    }
                }
            }
        }
        return List.copyOf(series.values());
    }

    private List<String> contenders(String caseName) {
        return benchmark.contenders().stream()
                .filter(contender -> benchmark.takesPart(contender, caseName))
                .toList();
    }

    private void tell(int round, String caseName, String contender, Sample sample) {
        System.out.printf(
                "%s %s %s %s: %s, load %.1f%n",
                benchmark.name(),
                round < 0 ? "warm-up" : "run " + (round + 1),
                caseName,
                contender,
                sample.figures(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
