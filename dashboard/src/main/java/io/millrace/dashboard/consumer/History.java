package io.millrace.dashboard.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last hour of what the consumers told, a sample every few seconds, in memory. Thread-safe. */
public final class History {

    public static final Duration INTERVAL = Duration.ofSeconds(5);
    static final int MAX_SAMPLES = 720;

    /** Shards beyond this are left out of the per-shard lines: nobody tells them apart. */
    static final int MAX_SHARDS = 100;

    /**
     * Rates since the sample before, and the state at {@code time}. Null stands for unknown.
     *
     * @param recordsIn read from the streams, a second
     * @param recordsOut written to the lake, a second
     * @param bytesOut of objects, a second
     * @param lagMillis by {@code stream/shard}
     */
    public record Sample(
            Instant time,
            Double recordsIn,
            Double recordsOut,
            Double bytesOut,
            Long freshnessMillis,
            Map<String, Long> lagMillis) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private ConsumerView last;

    /** Takes in a new view. */
    public synchronized void add(ConsumerView view) {
        samples.add(sample(last, view));
        last = view;
        if (samples.size() > MAX_SAMPLES) {
            samples.remove();
        }
    }

    /** The samples after a time, in order. */
    public synchronized List<Sample> since(Instant time) {
        List<Sample> found = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.time().isAfter(time)) {
                found.add(sample);
            }
        }
        return found;
    }

    private static Sample sample(ConsumerView before, ConsumerView now) {
        Map<String, Long> lag = new TreeMap<>();
        now.activeShards()
                .limit(MAX_SHARDS)
                .forEach(shard -> lag.put(shard.stream() + '/' + shard.shardId(), shard.freshnessMillis()));
        Long freshness =
                now.freshnessMillis().isPresent() ? now.freshnessMillis().getAsLong() : null;
        Progress progress = before == null ? Progress.UNKNOWN : progress(before, now);
        return new Sample(now.time(), progress.recordsIn(), progress.recordsOut(), progress.bytesOut(), freshness, lag);
    }

    private record Progress(Double recordsIn, Double recordsOut, Double bytesOut) {
        static final Progress UNKNOWN = new Progress(null, null, null);
    }

    /** Over the consumers that answered both times; one that came back would look like a burst of all it ever did. */
    private static Progress progress(ConsumerView before, ConsumerView now) {
        long taken = 0;
        long written = 0;
        long bytes = 0;
        int consumers = 0;
        for (ConsumerStatus status : now.statuses().toList()) {
            ConsumerStatus earlier =
                    before.statuses().filter(status::isSameProcess).findFirst().orElse(null);
            if (earlier != null) {
                consumers++;
                taken += status.recordsTaken() - earlier.recordsTaken();
                written += status.totals().written() - earlier.totals().written();
                bytes += status.totals().objectBytes() - earlier.totals().objectBytes();
            }
        }
        double seconds = Duration.between(before.time(), now.time()).toNanos() / 1e9;
        if (consumers == 0 || seconds <= 0) {
            return Progress.UNKNOWN;
        }
        // What was held may be given up with a lost lease, which is no negative progress.
        return new Progress(Math.max(0, taken) / seconds, Math.max(0, written) / seconds, Math.max(0, bytes) / seconds);
    }
}
