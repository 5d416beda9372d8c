package io.millrace.consumer.kcl;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.kinesis.retrieval.polling.SleepTimeController;
import software.amazon.kinesis.retrieval.polling.SleepTimeControllerConfig;

/**
 * When to read a shard again: at Kinesis's limits while records wait there, at the poll interval when none do. KCL's own
 * keeps to one interval, so that a shard that is behind would catch up at its batch size a second at most; and it begins
 * to wait when the answer is there, so that the limit is never reached.
 */
final class ReadPace implements SleepTimeController {

    /** Kinesis allows five reads a second and shard (API reference, GetRecords). */
    private static final Duration SHORTEST = Duration.ofMillis(200);

    private final Duration pollInterval;
    private final Supplier<Instant> lastBegun;
    private final ReadRate rate;
    private final InstantSource clock;

    /**
     * @param lastBegun when the shard's last read began
     * @param rate the shard's
     */
    ReadPace(Duration pollInterval, Supplier<Instant> lastBegun, ReadRate rate, InstantSource clock) {
        this.pollInterval = pollInterval;
        this.lastBegun = lastBegun;
        this.rate = rate;
        this.clock = clock;
    }

    @Override
    public long getSleepTimeMillis(SleepTimeControllerConfig last) {
        if (last.lastSuccessfulCall() == null) {
            return pollInterval.toMillis();
        }
        Instant begun = lastBegun.get();
        Optional<Instant> free = rate.freeAgain().filter(begun::isBefore);
        Instant due;
        if (last.lastMillisBehindLatest() == null) { // the read failed, or there was no room for it
            due = free.orElse(begun.plus(pollInterval));
        } else {
            Instant paced = begun.plus(last.lastMillisBehindLatest() > 0 ? SHORTEST : pollInterval);
            due = free.filter(paced::isBefore).orElse(paced);
        }
        Duration longest = pollInterval.compareTo(ReadRate.LONGEST) > 0 ? pollInterval : ReadRate.LONGEST;
        long wait = Duration.between(clock.instant(), due).toMillis();
        return Math.max(0, Math.min(longest.toMillis(), wait)); // a clock may be set back
    }
}
