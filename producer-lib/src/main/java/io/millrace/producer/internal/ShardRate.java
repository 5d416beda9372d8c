package io.millrace.producer.internal;

import io.millrace.producer.RateLimit;

/**
 * Two token buckets that hold a shard to its records and bytes a second. A record may overdraw a bucket, so that one larger
 * than a bucket passes too; the next waits until the debt is paid. Owned by the loop's thread.
 */
final class ShardRate {
    private static final double SECOND = 1e9;
    private static final double LEAST_SHARE = 0.05;

    /** An adaptive rate climbs from nothing to the whole in this time, as long as there are no refusals. */
    private static final double CLIMB_SECONDS = 20;

    /** Past this share of the shard's limits an adaptive rate no longer binds. */
    private static final double RELEASE_SHARE = 1.5;

    private final RateLimit limit;
    private final double fullShare;
    private double share;
    private boolean binding;
    private double records;
    private double bytes;
    private long updatedAt;
    private long cutAt = Long.MIN_VALUE / 2;

    ShardRate(RateLimit limit) {
        this.limit = limit;
        this.fullShare = limit.percent() / 100.0;
        this.share = fullShare;
        this.binding = limit.mode() == RateLimit.Mode.ALWAYS;
        this.records = fullShare * KinesisLimits.SHARD_RECORDS_PER_SECOND;
        this.bytes = fullShare * KinesisLimits.SHARD_BYTES_PER_SECOND;
    }

    /** When the next record may be sent: {@code now} or later. */
    long availableAt(long now) {
        if (!binding) {
            return now;
        }
        refill(now);
        double debt = Math.max(
                -records / (share * KinesisLimits.SHARD_RECORDS_PER_SECOND),
                -bytes / (share * KinesisLimits.SHARD_BYTES_PER_SECOND));
        return debt <= 0 ? now : now + (long) Math.ceil(debt * SECOND);
    }

    void take(int recordBytes) {
        if (binding) {
            records -= 1;
            bytes -= recordBytes;
        }
    }

    /** Kinesis refused records of this shard as too many. */
    void refused(long now) {
        if (limit.mode() != RateLimit.Mode.AUTO) {
            return;
        }
        if (binding) {
            refill(now);
        }
        if (!binding) {
            binding = true;
            share = fullShare;
            updatedAt = now;
        } else if (now - cutAt > SECOND) {
            share = Math.max(LEAST_SHARE, share * 0.7);
        }
        cutAt = now;
        records = Math.min(records, 0);
        bytes = Math.min(bytes, 0);
    }

    private void refill(long now) {
        double seconds = Math.max(0, now - updatedAt) / SECOND;
        updatedAt = now;
        if (limit.mode() == RateLimit.Mode.AUTO && now - cutAt > SECOND) {
            share += seconds / CLIMB_SECONDS;
            binding = share < RELEASE_SHARE * fullShare;
        }
        double recordLimit = share * KinesisLimits.SHARD_RECORDS_PER_SECOND;
        double byteLimit = share * KinesisLimits.SHARD_BYTES_PER_SECOND;
        records = Math.min(recordLimit, records + seconds * recordLimit);
        bytes = Math.min(byteLimit, bytes + seconds * byteLimit);
    }
}
