package io.millrace.localaws.kinesis;

import java.time.Duration;
import java.util.Objects;

/**
 * How the stand-in behaves.
 *
 * @param region appears in ARNs
 * @param accountId twelve digits; appears in ARNs and messages
 * @param maxBytesHeld the records of all streams together take about this much heap at most; the oldest go first, as if
 *     their retention had ended
 * @param shardLimits what of AWS's limits a shard keeps to
 * @param transition how long a stream stays CREATING, UPDATING or DELETING
 * @param retention how long a stream keeps records until a call sets another retention; more than nothing
 * @param entryFault makes single entries of PutRecords fail
 */
public record KinesisSettings(
        String region,
        String accountId,
        long maxBytesHeld,
        ShardLimits shardLimits,
        Duration transition,
        Duration retention,
        EntryFault entryFault) {

    public KinesisSettings {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(transition, "transition");
        Objects.requireNonNull(entryFault, "entryFault");
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("accountId is twelve digits, not " + accountId);
        }
        if (maxBytesHeld <= 0) {
            throw new IllegalArgumentException("maxBytesHeld is a positive number of bytes, not " + maxBytesHeld);
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("retention is more than nothing, not " + retention);
        }
        if (transition.isNegative()) {
            throw new IllegalArgumentException("transition is not negative: " + transition);
        }
    }

    /** us-east-1, account 000000000000, 24 hours, half of the heap, no shard limits, no waiting, no faults. */
    public static KinesisSettings defaults() {
        return new KinesisSettings(
                "us-east-1",
                "000000000000",
                Runtime.getRuntime().maxMemory() / 2,
                ShardLimits.NONE,
                Duration.ZERO,
                Duration.ofHours(Limits.MIN_RETENTION_HOURS),
                EntryFault.NONE);
    }

    public KinesisSettings withRegion(String value) {
        return new KinesisSettings(value, accountId, maxBytesHeld, shardLimits, transition, retention, entryFault);
    }

    public KinesisSettings withAccountId(String value) {
        return new KinesisSettings(region, value, maxBytesHeld, shardLimits, transition, retention, entryFault);
    }

    public KinesisSettings withMaxBytesHeld(long value) {
        return new KinesisSettings(region, accountId, value, shardLimits, transition, retention, entryFault);
    }

    public KinesisSettings withShardLimits(ShardLimits value) {
        return new KinesisSettings(region, accountId, maxBytesHeld, value, transition, retention, entryFault);
    }

    public KinesisSettings withTransition(Duration value) {
        return new KinesisSettings(region, accountId, maxBytesHeld, shardLimits, value, retention, entryFault);
    }

    public KinesisSettings withRetention(Duration value) {
        return new KinesisSettings(region, accountId, maxBytesHeld, shardLimits, transition, value, entryFault);
    }

    public KinesisSettings withEntryFault(EntryFault value) {
        return new KinesisSettings(region, accountId, maxBytesHeld, shardLimits, transition, retention, value);
    }
}
