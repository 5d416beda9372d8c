package io.millrace.consumer.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.kinesis.retrieval.polling.SleepTimeController;
import software.amazon.kinesis.retrieval.polling.SleepTimeControllerConfig;

/**
 * When to read a shard again: at Kinesis's limit while records wait there, at the poll interval when none do. KCL's own
 * keeps to one interval, so that a shard that is behind would catch up at its batch size a second at most; and it begins
 * to wait when the answer is there, so that the limit is never reached.
 */
final class ReadPace implements SleepTimeController {

    /** Kinesis allows five reads a second and shard (API reference, GetRecords). */
    private static final Duration SHORTEST = Duration.ofMillis(200);

    private final Duration pollInterval;
    private final Supplier<Instant> lastBegun;

    /** @param lastBegun when the shard's last read began */
    ReadPace(Duration pollInterval, Supplier<Instant> lastBegun) {
        this.pollInterval = pollInterval;
        this.lastBegun = lastBegun;
    }

    @Override
    public long getSleepTimeMillis(SleepTimeControllerConfig last) {
        if (last.lastSuccessfulCall() == null) {
            return pollInterval.toMillis();
        }
        boolean behind = last.lastMillisBehindLatest() != null && last.lastMillisBehindLatest() > 0;
        Duration interval = behind ? SHORTEST : pollInterval;
        Duration since = Duration.between(lastBegun.get(), Instant.now());
        return Math.max(0, interval.minus(since).toMillis());
    }
}
