package io.millrace.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Comparison;
import io.millrace.benchmarks.api.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** What a benchmark's runs came to: a table for people, JSON with every run, and lines for scripts. */
record Report(Benchmark benchmark, List<Series> series) {

    /** How many times better ours is than a contender, by a figure that they are compared by. */
    record Ratio(String name, String contender, double value) {
        @Override
        public String toString() {
            return String.format("RATIO %s ours/%s %.2f", name, contender, value);
        }
    }

    List<Ratio> ratios() {
        return ratios((row, by) -> row.median(by.figure()));
    }

    /** The same of each contender's best run: a busy machine only ever takes away. */
    List<Ratio> bestRatios() {
        return ratios((row, by) -> by.lessIsBetter() ? row.least(by.figure()) : row.most(by.figure()));
    }

    private List<Ratio> ratios(ToDoubleBiFunction<Series, Comparison> of) {
        List<Ratio> ratios = new ArrayList<>();
        for (Comparison by : benchmark.comparisons()) {
            for (Series theirs : series) {
                String contender = theirs.contender();
                String own = benchmark.ours(contender);
                if (!contender.equals(own)) {
                    Series ours = find(theirs.caseName(), own);
                    double ratio = by.ratio(of.applyAsDouble(ours, by), of.applyAsDouble(theirs, by));
                    ratios.add(new Ratio(ratioName(theirs.caseName(), by.ending()), contender, ratio));
                }
            }
        }
        return ratios;
    }

    private String ratioName(String caseName, String ending) {
        boolean first = caseName.equals(benchmark.cases().get(0));
        return benchmark.name() + (first ? "" : "-" + caseName) + (ending.isEmpty() ? "" : "-" + ending);
    }

    private Series find(String caseName, String contender) {
        return series.stream()
                .filter(s -> s.caseName().equals(caseName) && s.contender().equals(contender))
                .findFirst()
                .orElseThrow();
    }

    /** Medians, with the least and the most in brackets. */
    String table() {
        StringBuilder table = new StringBuilder();
        List<String> figures = List.copyOf(series.get(0).figures());
        table.append("| ").append(benchmark.name()).append(" | ");
        table.append(String.join(" | ", figures)).append(" |\n|---|").append("---:|".repeat(figures.size()));
        for (Series row : series) {
            table.append("\n| ").append((row.caseName() + " " + row.contender()).trim());
            for (String figure : figures) {
                table.append(String.format(
                        " | %s (%s–%s)",
                        number(row.median(figure)), number(row.least(figure)), number(row.most(figure))));
            }
            table.append(" |");
        }
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
    }

    /** @param arguments that the figures were asked for with */
    void write(Path file, List<String> arguments) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", benchmark.name());
        json.put("arguments", arguments);
        json.put("machine", Machine.facts());
        json.put("jvms", benchmark.jvms());
        json.put("comparisons", benchmark.comparisons());
        List<Map<String, Object>> runs = new ArrayList<>();
        for (Series row : series) {
            Map<String, Object> of = new LinkedHashMap<>();
            of.put("case", row.caseName());
            of.put("contender", row.contender());
            of.put("runs", row.samples().stream().map(Sample::figures).toList());
            runs.add(of);
        }
        json.put("series", runs);
        json.put("ratios", ratios().stream().map(Ratio::toString).toList());
        Files.createDirectories(file.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
    }
}
