package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final long START = 1_000_000;

    private final Allowance allowance = new Allowance(1_000);

    @Test
    void itFillsAsTimeGoes() {
        assertTrue(allowance.has(1_000, START));
        allowance.take(1_000);
        assertFalse(allowance.has(1, START));
        assertFalse(allowance.has(301, START + 300));
        assertTrue(allowance.has(300, START + 300));
        assertTrue(allowance.has(1_000, START + 5_000));
        assertFalse(allowance.has(1_001, START + 5_000));
    }

    @Test
    void callsThatTakeTurnsDoNotFillItTwice() {
        assertTrue(allowance.has(1_000, START));
        allowance.take(1_000);
        for (int turn = 0; turn < 100; turn++) {
            allowance.has(1, START + 300);
            allowance.has(1, START);
        }
        assertFalse(allowance.has(301, START + 300));
        assertTrue(allowance.has(300, START + 300));
    }

    @Test
    void aClockThatWasSetBackStopsNothing() {
        assertTrue(allowance.has(1_000, START));
        allowance.take(1_000);
        assertFalse(allowance.has(1, START - 3_600_000));
        assertTrue(allowance.has(500, START - 3_600_000 + 500));
    }
}
