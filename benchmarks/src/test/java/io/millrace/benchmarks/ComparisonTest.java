package io.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void aRatioSaysHowManyTimesBetterOursIs() {
        assertEquals(2.0, Comparison.more("events/s").ratio(100, 50));
        assertEquals(2.0, Comparison.less("recovery s").ratio(10, 20));
    }
}
