package io.millrace.pipeline.buffer;

import io.millrace.pipeline.event.PipelineEvent.SealReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a shard's buffer is sealed and committed: at the first of these limits. A record is never split, so a batch may
 * exceed {@code maxBytes} by one record's events.
 *
 * @param maxBytes bytes of events, as they will be written before compression; up to 1 GiB, since one batch may become
 *     one object and S3 takes at most 5 GiB in a single put
 * @param maxRecords Kinesis records
 * @param maxAge since the buffer's first record was taken in, by the wall clock
 */
public record FlushPolicy(long maxBytes, long maxRecords, Duration maxAge) {

    /** A fifth of what S3 takes in one put (docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html). */
    public static final long LIMIT_BYTES = 1L << 30;

    public FlushPolicy {
        if (maxBytes < 1 || maxBytes > LIMIT_BYTES) {
            throw new IllegalArgumentException("flush bytes are 1 to " + LIMIT_BYTES + ", not " + maxBytes);
        }
        if (maxRecords < 1) {
            throw new IllegalArgumentException("flush records are at least 1, not " + maxRecords);
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("the flush interval is more than nothing, not " + maxAge);
        }
    }

    /** Why the buffer is to be sealed now, if it is. */
    public Optional<SealReason> due(ShardBuffer buffer, Instant now) {
        if (buffer.isEmpty()) {
            return Optional.empty();
        }
        Optional<SealReason> full = full(buffer);
        boolean old = full.isEmpty() && !now.isBefore(buffer.oldest().plus(maxAge));
        return old ? Optional.of(SealReason.AGE) : full;
    }

    /** Why the buffer takes no further record, whatever its age. */
    public Optional<SealReason> full(ShardBuffer buffer) {
        if (buffer.bytes() >= maxBytes) {
            return Optional.of(SealReason.BYTES);
        }
        return buffer.records() >= maxRecords ? Optional.of(SealReason.RECORDS) : Optional.empty();
    }
}
