package io.millrace.consumer.shard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.kinesis.retrieval.GetRecordsResponseAdapter;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * A read's records as one record to KCL, at the position of the last: KCL makes up to four {@code BigInteger}s of each
 * record that it sees, to leave out what a checkpoint covers, and the pipeline leaves that out by itself.
 */
final class WholeRead extends KinesisClientRecord {

    private final List<KinesisClientRecord> records;

    private WholeRead(List<KinesisClientRecord> records, KinesisClientRecord last) {
        super(
                last.sequenceNumber(),
                last.approximateArrivalTimestamp(),
                ByteBuffer.allocate(0),
                last.partitionKey(),
                last.encryptionType(),
                0,
                null,
                false,
                null);
        this.records = records;
    }

    /** The answer for KCL. */
    static GetRecordsResponseAdapter wrap(GetRecordsResponseAdapter answer) {
        return new Wrapped(wrap(answer.records()), answer);
    }

    static List<KinesisClientRecord> wrap(List<KinesisClientRecord> records) {
        if (records.size() < 2 || records.stream().anyMatch(KclAggregates::mayBe)) { // KCL counts an aggregate's parts
            return records;
        }
        return List.of(new WholeRead(records, records.get(records.size() - 1)));
    }

    /** The records that KCL gave back, as they came from Kinesis. */
    static List<KinesisClientRecord> unwrap(List<KinesisClientRecord> records) {
        List<KinesisClientRecord> all = new ArrayList<>();
        for (KinesisClientRecord record : records) {
            all.addAll(record instanceof WholeRead read ? read.records : List.of(record));
        }
        return all;
    }

    private record Wrapped(List<KinesisClientRecord> records, GetRecordsResponseAdapter answer)
            implements GetRecordsResponseAdapter {

        @Override
        public Long millisBehindLatest() {
            return answer.millisBehindLatest();
        }

        @Override
        public List<ChildShard> childShards() {
            return answer.childShards();
        }

        @Override
        public String nextShardIterator() {
            return answer.nextShardIterator();
        }

        @Override
        public String requestId() {
            return answer.requestId();
        }
    }
}
