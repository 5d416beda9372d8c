package io.millrace.consumer.chaos;

import java.time.Duration;

/**
 * What a run of the chaos test is made of.
 *
 * @param rounds how many rounds
 * @param seed what every choice is drawn from; the processes' own timing is not
 * @param roundsPerCheck how many rounds before the load is stopped and the lake is audited
 * @param eventsPerSecond the load
 * @param settling how long the consumers have, once nothing disturbs them, to have every event in the lake
 */
record ChaosOptions(int rounds, long seed, int roundsPerCheck, int eventsPerSecond, Duration settling) {

    private static final int ROUNDS_PER_CHECK = 10;
    private static final int EVENTS_PER_SECOND = 200;
    private static final Duration SETTLING = Duration.ofMinutes(4);

    static ChaosOptions of(int rounds, long seed) {
        return new ChaosOptions(rounds, seed, ROUNDS_PER_CHECK, EVENTS_PER_SECOND, SETTLING);
    }
}
