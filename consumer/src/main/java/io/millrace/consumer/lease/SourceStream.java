package io.millrace.consumer.lease;

import java.time.Instant;
import software.amazon.awssdk.arns.Arn;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.leases.MultiStreamLease;

/**
 * A stream as Kinesis describes it.
 *
 * @param created tells a stream from an earlier one of the same name
 */
public record SourceStream(String name, String arn, Instant created) {

    /** What KCL calls the lease of one of its shards. */
    public String leaseKey(String shardId) {
        return MultiStreamLease.getLeaseKey(identity().serialize(), shardId);
    }

    /**
     * KCL's identity of the stream: account, name and time of creation. Leases are named after it however many streams the
     * application reads; so it finds its positions again when another is added.
     */
    StreamIdentifier identity() {
        return StreamIdentifier.multiStreamInstance(Arn.fromString(arn), created.getEpochSecond());
    }

    /** Whether a lease is of an earlier stream of this name. */
    boolean isEarlier(String leaseKey) {
        String now = identity().serialize() + ":";
        String any = now.substring(0, now.indexOf(':')) + ":" + name + ":";
        return leaseKey.startsWith(any) && !leaseKey.startsWith(now);
    }
}
