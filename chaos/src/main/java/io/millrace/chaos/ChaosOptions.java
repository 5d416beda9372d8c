package io.millrace.chaos;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a run of the chaos test is made of.
 *
 * @param rounds how many rounds
 * @param seed what every choice is drawn from; the processes' own timing is not
 * @param kinds what may befall the workers
 * @param shards how many the stream begins with; it is resharded to 2, 3 and 4 only where it begins with 2
 * @param wide a flush every 6 s, every put of an object 3 s late and the default fail-over time: a commit takes long, and
 *     two processes that share a worker id go on side by side for longer than it takes
 * @param dedupe the workers drop copies by the events' id, and the producer puts copies
 * @param lag how far DynamoDB's eventually consistent reads lag, where they do
 * @param careless objects go at any age, which the documented rule forbids: the run is expected to fail
 */
record ChaosOptions(
        int rounds,
        long seed,
        int shards,
        Set<Disturbance> kinds,
        boolean wide,
        boolean dedupe,
        Duration lag,
        boolean careless) {

    static final int EVENTS_PER_SECOND = 200;

    /** Of the stream, where objects go within the run. */
    static final Duration RETENTION = Duration.ofMinutes(3);

    /** The longest pause of a worker: a freeze, and a put that is slow beside it. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** What a stream that is resharded begins with. */
    static final int SHARDS = 2;

    static final int WIDE_SHARDS = 16;

    /** As long as a worker's restart takes, and a take-over after the shortest fail-over time. */
    static final Duration LAG = Duration.ofSeconds(5);

    private static final int ROUNDS_PER_CHECK = 10;

    /** Two processes that share a worker id need time beside one another. */
    private static final int WIDE_ROUNDS_PER_CHECK = 25;

    private static final Duration SETTLING = Duration.ofMinutes(4);
    private static final Duration SETTLING_IN_RETENTION = Duration.ofMinutes(2);

    /** Everything befalls the workers. */
    static ChaosOptions of(int rounds, long seed) {
        return new ChaosOptions(rounds, seed, SHARDS, EnumSet.allOf(Disturbance.class), false, false, LAG, false);
    }

    /** How many rounds before the load is stopped and the lake is audited. */
    int roundsPerCheck() {
        return wide ? WIDE_ROUNDS_PER_CHECK : ROUNDS_PER_CHECK;
    }

    boolean takesObjects() {
        return kinds.stream().anyMatch(Disturbance::takesObjects);
    }

    /** How old an object is before it goes: the stream's retention and the longest pause of a worker. */
    Duration leastAge() {
        return careless ? Duration.ZERO : RETENTION.plus(LONGEST_PAUSE);
    }

    /**
     * How long the consumers have, once nothing disturbs them, to have every event in the lake. No event may get as old as
     * the retention on the way, for the loss would be this run's doing.
     */
    Duration settling() {
        return takesObjects() ? SETTLING_IN_RETENTION : SETTLING;
    }
}
