package io.millrace.consumer.kcl;

import java.util.List;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.kinesis.retrieval.GetRecordsResponseAdapter;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** What one read of a shard brought, as KCL wants to see it. */
record ShardRead(
        List<KinesisClientRecord> records,
        Long millisBehindLatest,
        List<ChildShard> childShards,
        String nextShardIterator)
        implements GetRecordsResponseAdapter {

    /** The answer, with this as its records. */
    static ShardRead of(GetRecordsResponse answer, WholeRead read) {
        return new ShardRead(
                List.of(read), answer.millisBehindLatest(), answer.childShards(), answer.nextShardIterator());
    }

    /** KCL's adapter asks the SDK's answer for a request id, and an answer that KCL made itself has none. */
    static ShardRead of(GetRecordsResponseAdapter answer) {
        return new ShardRead(
                answer.records(), answer.millisBehindLatest(), answer.childShards(), answer.nextShardIterator());
    }

    /** Nothing, and the shard has no more. */
    static ShardRead end(WholeRead read) {
        return new ShardRead(List.of(read), null, List.of(), null);
    }

    /** Nothing, and the shard is to be read from the same place again. */
    static ShardRead nothing(String shardIterator) {
        return new ShardRead(List.of(), null, List.of(), shardIterator);
    }

    @Override
    public String requestId() {
        return "";
    }
}
