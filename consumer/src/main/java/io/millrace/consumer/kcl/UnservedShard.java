package io.millrace.consumer.kcl;

import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/**
 * A shard of a stream that this process is not told to read: it was taken out of the configuration, and its leases stay, or
 * another worker is told of more. It never begins, so its position stays as it is. KCL asks again until it loses the lease.
 *
 * <p>It refuses here, where KCL waits for this shard alone. Were its making refused, KCL would begin its round of all shards
 * anew each time, and those behind it would never be read.
 */
record UnservedShard(String stream) implements ShardRecordProcessor {

    @Override
    public void initialize(InitializationInput input) {
        throw new UnservedStreamException(stream);
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        throw new UnservedStreamException(stream);
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        // Nothing was begun.
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
        throw new UnservedStreamException(stream);
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        // Nothing was begun.
    }
}
