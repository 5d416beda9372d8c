package io.millrace.benchmarks;

import io.millrace.benchmarks.Report.Ratio;
import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** {@code benchmarks/run.sh [option]... [name]...}: runs the benchmarks named, or all. */
public final class BenchmarksMain {

    private BenchmarksMain() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        try {
            run(Options.parse(List.of(arguments), Catalogue.names()), List.of(arguments));
        } catch (Options.WrongOption e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options, List<String> arguments) throws Exception {
        List<Report> reports = new ArrayList<>();
        for (String name : options.names()) {
            try (Benchmark benchmark = Catalogue.open(name, options)) {
                reports.add(report(benchmark, options, arguments));
            }
        }
        all(reports, Report::ratios).forEach(System.out::println);
        if (options.check() && !Floors.hold(options.names(), all(reports, Report::bestRatios))) {
            System.exit(1);
        }
    }

    private static List<Ratio> all(List<Report> reports, Function<Report, List<Ratio>> ratios) {
        return reports.stream().flatMap(report -> ratios.apply(report).stream()).toList();
    }

    private static Report report(Benchmark benchmark, Options options, List<String> arguments) throws Exception {
        Report report = new Report(benchmark, new Rounds(benchmark, options).run());
        System.out.println();
        System.out.println(report.table());
        System.out.println();
        write(benchmark.name(), report, arguments);
        return report;
    }

    private static void write(String name, Report report, List<String> arguments) throws IOException {
        Path file = Options.root().resolve("benchmarks/target/results/" + name + ".json");
        report.write(file, arguments);
        System.out.println("every run: " + file);
    }
}
