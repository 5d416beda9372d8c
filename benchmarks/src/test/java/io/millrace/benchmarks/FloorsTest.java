package io.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.Report.Ratio;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloorsTest {

    private static final List<String> BOTH = List.of("codec", "drain");
    private static final Ratio CODEC = new Ratio("codec", "jackson-tree", 2.5);

    @Test
    void oneRatioUnderItsFloorFailsTheRun() {
        assertTrue(Floors.hold(BOTH, List.of(CODEC, new Ratio("drain", "kcl", 1.5))));
        assertFalse(Floors.hold(BOTH, List.of(CODEC, new Ratio("drain", "kcl", 0.4))));
        assertFalse(Floors.hold(BOTH, List.of(CODEC, new Ratio("drain", "kcl", Double.NaN))));
        assertFalse(Floors.hold(List.of("codec"), List.of(new Ratio("codec", "jackson-tree", 1.1))));
    }

    @Test
    void whatWasNotMeasuredReachesNoFloor() {
        assertFalse(Floors.hold(BOTH, List.of(CODEC, new Ratio("drain", "camel", 3.0))));
        assertTrue(Floors.hold(List.of("codec"), List.of(CODEC)));
    }
}
