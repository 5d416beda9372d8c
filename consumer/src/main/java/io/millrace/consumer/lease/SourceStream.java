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

    /** KCL's identity of the only stream of an application: its leases are named after shards alone. */
    public StreamIdentifier single() {
        return StreamIdentifier.singleStreamInstance(name);
    }

    /** What KCL calls the lease of one of its shards. */
    public String leaseKey(String shardId, boolean multiStream) {
        return multiStream ? MultiStreamLease.getLeaseKey(oneOfMany().serialize(), shardId) : shardId;
    }

    /** KCL's identity of one of several: its leases hold account, name and time of creation too. */
    public StreamIdentifier oneOfMany() {
        return StreamIdentifier.multiStreamInstance(Arn.fromString(arn), created.getEpochSecond());
    }
}
