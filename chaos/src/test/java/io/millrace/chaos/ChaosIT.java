package io.millrace.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The chaos test's short form; {@code scripts/chaos.sh} runs the long one. */
class ChaosIT {

    private static final int ROUNDS = 5;
    private static final long SEED = 2;

    @Test
    void everyEventIsInTheLakeOnceWhateverBefallsTheWorkers() throws Exception {
        Verdict verdict = new ChaosRun(ChaosOptions.of(ROUNDS, SEED), System.out).run();
        assertTrue(verdict.audit().events() > 0);
    }
}
