package io.millrace.localaws.kinesis;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One stream. Puts and gets take {@link #shards()} and go on in the shard; what the control plane changes is guarded by
 * the stream's monitor.
 */
final class KinesisStream {

    /** A state that passes by itself. */
    private record Transition(StreamStatus status, long untilMillis) {}

    private final String name;
    private final String arn;
    private final long createdMillis;
    private final SortedMap<String, String> tags = new TreeMap<>();
    private final StreamConsumers consumers = new StreamConsumers();
    private volatile ShardMap shards;
    private volatile Transition transition;
    private volatile StreamMode mode;
    /** What the API says. */
    private volatile int retentionHours = Limits.MIN_RETENTION_HOURS;

    private volatile Duration retention;
    private volatile int maxRecordKib;

    KinesisStream(
            String name,
            String arn,
            long createdMillis,
            StreamMode mode,
            int maxRecordKib,
            Duration retention,
            ShardMap shards) {
        this.name = name;
        this.arn = arn;
        this.createdMillis = createdMillis;
        this.mode = mode;
        this.maxRecordKib = maxRecordKib;
        this.retention = retention;
        this.shards = shards;
        this.transition = new Transition(StreamStatus.CREATING, createdMillis);
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    long createdMillis() {
        return createdMillis;
    }

    ShardMap shards() {
        return shards;
    }

    void setShards(ShardMap value) {
        shards = value;
    }

    /** Guarded by this stream's monitor. */
    SortedMap<String, String> tags() {
        return tags;
    }

    StreamConsumers consumers() {
        return consumers;
    }

    StreamMode mode() {
        return mode;
    }

    void setMode(StreamMode value) {
        mode = value;
    }

    int retentionHours() {
        return retentionHours;
    }

    void setRetentionHours(int value) {
        retentionHours = value;
        retention = Duration.ofHours(value);
    }

    int maxRecordKib() {
        return maxRecordKib;
    }

    void setMaxRecordKib(int value) {
        maxRecordKib = value;
    }

    void enter(StreamStatus status, long untilMillis) {
        transition = new Transition(status, untilMillis);
    }

    StreamStatus status(long nowMillis) {
        Transition current = transition;
        return current.status == StreamStatus.DELETING || nowMillis < current.untilMillis
                ? current.status
                : StreamStatus.ACTIVE;
    }

    boolean isGone(long nowMillis) {
        Transition current = transition;
        return current.status == StreamStatus.DELETING && nowMillis >= current.untilMillis;
    }

    /** What arrived before this time is no longer there. */
    long trimHorizon(long nowMillis) {
        return nowMillis - retention.toMillis();
    }

    /** All shards, after those are let go that were closed before the oldest record that the stream keeps. */
    synchronized List<Shard> listShards(long nowMillis) {
        long horizon = trimHorizon(nowMillis);
        List<Shard> expired = shards.all().stream()
                .filter(shard -> shard.closing() != null && shard.closing().millis() < horizon)
                .toList();
        if (!expired.isEmpty()) {
            expired.forEach(Shard::delete);
            shards = shards.without(expired);
        }
        return shards.all();
    }
}
