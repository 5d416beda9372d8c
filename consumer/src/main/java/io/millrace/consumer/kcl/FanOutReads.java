package io.millrace.consumer.kcl;

import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.metrics.MetricsFactory;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.RetrievalFactory;

/** Retrieval by SubscribeToShard: KCL's own, but each read says which place it follows. Thread-safe as KCL's is. */
public final class FanOutReads implements RetrievalFactory {

    private final RetrievalFactory kcl;

    /** @param kcl makes KCL's publishers */
    public FanOutReads(RetrievalFactory kcl) {
        this.kcl = kcl;
    }

    @Override
    public RecordsPublisher createGetRecordsCache(
            ShardInfo shard, StreamConfig stream, MetricsFactory metrics, String consumerId) {
        return new LinkedPublisher(kcl.createGetRecordsCache(shard, stream, metrics, consumerId));
    }
}
