package io.millrace.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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

    /** Ours over a contender's, by the figure that they are compared by. */
    record Ratio(String name, String contender, double value) {
        @Override
        public String toString() {
            return String.format("RATIO %s ours/%s %.2f", name, contender, value);
        }
    }

    List<Ratio> ratios() {
        return ratios(Series::median);
    }

    /** The same of each contender's best run, where more is better: a busy machine only ever takes away. */
    List<Ratio> bestRatios() {
        return ratios(Series::most);
    }

    private List<Ratio> ratios(ToDoubleBiFunction<Series, String> of) {
        List<Ratio> ratios = new ArrayList<>();
        String figure = benchmark.comparedBy();
        if (figure.isEmpty()) {
            return ratios;
        }
        String ours = benchmark.contenders().get(0);
        for (Series theirs : series) {
            if (!theirs.contender().equals(ours)) {
                double own = of.applyAsDouble(find(theirs.caseName(), ours), figure);
                ratios.add(new Ratio(
                        ratioName(theirs.caseName()), theirs.contender(), own / of.applyAsDouble(theirs, figure)));
            }
        }
        return ratios;
    }

    private String ratioName(String caseName) {
        boolean first = caseName.equals(benchmark.cases().get(0));
        return first ? benchmark.name() : benchmark.name() + "-" + caseName;
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

    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", benchmark.name());
        json.put("machine", Machine.facts());
        json.put("comparedBy", benchmark.comparedBy());
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
