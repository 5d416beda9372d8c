package io.millrace.benchmarks;

import io.millrace.benchmarks.api.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The counted runs of one contender in one case. */
public record Series(String caseName, String contender, List<Sample> samples) {

    /** Names of the figures that every run has. */
    Set<String> figures() {
        return samples.get(0).figures().keySet();
    }

    double median(String figure) {
        List<Double> sorted = sorted(figure);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least(String figure) {
        return sorted(figure).get(0);
    }

    double most(String figure) {
        List<Double> sorted = sorted(figure);
        return sorted.get(sorted.size() - 1);
    }

    private List<Double> sorted(String figure) {
        List<Double> values = new ArrayList<>();
        for (Sample sample : samples) {
            values.add(sample.figures().get(figure));
        }
        Collections.sort(values);
        return values;
    }
}
