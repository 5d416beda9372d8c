package io.millrace.dashboard.consumer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One consumer's {@code /status}, as far as the dashboard uses it. Fields that are missing are null or 0: a consumer of
 * another version is still shown.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConsumerStatus(
        String application,
        String workerId,
        String version,
        Instant started,
        boolean healthy,
        boolean ready,
        List<String> problems,
        List<Target> streams,
        Totals totals,
        Buffer buffer,
        List<Shard> shards) {

    public ConsumerStatus {
        problems = problems == null ? List.of() : problems;
        streams = streams == null ? List.of() : streams;
        totals = totals == null ? new Totals(0, 0, 0, 0, 0, 0, 0, null) : totals;
        shards = shards == null ? List.of() : shards;
    }

    /** Records read from the streams so far: those committed and those still held. */
    long recordsTaken() {
        return totals.records()
                + shards.stream()
                        .filter(Shard::isActive)
                        .mapToLong(Shard::openRecords)
                        .sum();
    }

    /** Whether counters of both may be compared. */
    boolean isSameProcess(ConsumerStatus other) {
        return Objects.equals(workerId, other.workerId) && Objects.equals(started, other.started);
    }

    /** Which stream goes to which bucket. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Target(String stream, String bucket) {}

    /** Since the process started. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Totals(
            long records,
            long written,
            long deadLettered,
            long deduplicated,
            long batches,
            long objects,
            long objectBytes,
            Instant lastCommit) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Buffer(long bytes, long limitBytes) {}

    /** A position in a shard. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Position(String sequenceNumber, long subSequenceNumber) {}

    /** A batch that is being committed. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Pending(Position first, Position last) {}

    /**
     * One shard that this consumer works on.
     *
     * @param oldestUnflushedMillis for how long the oldest record waits that is taken in but not in the lake
     * @param retryingMillis for how long S3 or the lease table has refused its commit
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Shard(
            String stream,
            String shardId,
            String state,
            Position checkpoint,
            Position taken,
            Pending pendingCommit,
            long openRecords,
            long heldBytes,
            long oldestUnflushedMillis,
            long retryingMillis,
            long millisBehindLatest) {

        /** Whether this consumer works on it still. */
        public boolean isActive() {
            return "RUNNING".equals(state) || "REPLAYING".equals(state);
        }

        /** How old the oldest event of the shard is that is not in the lake: at most this many milliseconds. */
        public long freshnessMillis() {
            return millisBehindLatest + oldestUnflushedMillis;
        }
    }
}
