package io.millrace.benchmarks.producer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Every run, as a table, as JSON and as ratios. */
final class Results {

    private final List<RawRun> fast = new ArrayList<>();
    private final List<RawRun> paced = new ArrayList<>();

    void fast(RawRun run) {
        fast.add(run);
    }

    void paced(RawRun run) {
        paced.add(run);
    }

    void table(List<Contender> contenders, PrintStream out) {
        out.println("| contender | events/s median (least-most) | CPU s per 1M events | server CPU s per 1M |"
                + " peak memory MB | p50 / p99 ms at a fixed rate |");
        out.println("|---|---:|---:|---:|---:|---:|");
        for (Contender c : contenders) {
            out.printf(
                    "| %s | %,.0f (%,.0f-%,.0f) | %.1f | %.1f | %.0f | %.0f / %.0f |%n",
                    c.description,
                    median(fast, c, RawRun::eventsPerSecond),
                    values(fast, c, RawRun::eventsPerSecond).stream()
                            .mapToDouble(v -> v)
                            .min()
                            .orElse(0),
                    values(fast, c, RawRun::eventsPerSecond).stream()
                            .mapToDouble(v -> v)
                            .max()
                            .orElse(0),
                    median(fast, c, r -> r.cpuSeconds() * 1e6 / r.events()),
                    median(fast, c, r -> r.serverCpuSeconds() * 1e6 / r.events()),
                    peakMegabytes(c),
                    median(paced, c, RawRun::p50Millis),
                    median(paced, c, RawRun::p99Millis));
        }
    }

    /** The last lines, for scripts: a number above 1 means that ours is ahead. */
    void ratios(List<Contender> contenders, PrintStream out) {
        if (contenders.contains(Contender.OURS_AGGREGATED) && contenders.contains(Contender.KPL_AGGREGATED)) {
            out.printf(
                    "RATIO producer-memory ours/kpl-aggregated %.2f%n",
                    peakMegabytes(Contender.OURS_AGGREGATED) / peakMegabytes(Contender.KPL_AGGREGATED));
        }
        ratio(contenders, Contender.OURS_AGGREGATED, Contender.KPL_AGGREGATED, out);
        ratio(contenders, Contender.OURS, Contender.KPL, out);
        ratio(contenders, Contender.OURS, Contender.SDK, out);
    }

    private void ratio(List<Contender> contenders, Contender ours, Contender other, PrintStream out) {
        if (contenders.contains(ours) && contenders.contains(other)) {
            double ratio = median(fast, ours, RawRun::eventsPerSecond) / median(fast, other, RawRun::eventsPerSecond);
            out.printf("RATIO producer ours/%s %.2f%n", other.title, ratio);
        }
    }

    void json(Path file, Map<String, Object> environment) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(environment);
        all.put("fast", fast);
        all.put("paced", paced);
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }

    private double peakMegabytes(Contender contender) {
        List<RawRun> all = new ArrayList<>(fast);
        all.addAll(paced);
        return values(all, contender, RawRun::peakBytes).stream()
                        .mapToDouble(v -> v)
                        .max()
                        .orElse(0)
                / (1 << 20);
    }

    private static double median(List<RawRun> runs, Contender contender, ToDoubleFunction<RawRun> value) {
        List<Double> values = values(runs, contender, value);
        int middle = values.size() / 2;
        if (values.isEmpty()) {
            return 0;
        }
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    private static List<Double> values(List<RawRun> runs, Contender contender, ToDoubleFunction<RawRun> value) {
        return runs.stream()
                .filter(run -> run.contender().equals(contender.title))
                .map(value::applyAsDouble)
                .sorted()
                .toList();
    }
}
