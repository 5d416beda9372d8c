package io.millrace.consumer.shard;

import io.millrace.consumer.record.SourceRecord;
import java.util.List;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** KCL's records, de-aggregated, in the pipeline's words. */
public final class KclRecords {

    private KclRecords() {}

    public static List<SourceRecord> toSource(List<KinesisClientRecord> records) {
        return records.stream().map(KclRecords::toSource).toList();
    }

    private static SourceRecord toSource(KinesisClientRecord record) {
        return new SourceRecord(
                record.sequenceNumber(),
                record.subSequenceNumber(),
                record.partitionKey(),
                record.approximateArrivalTimestamp(),
                record.data());
    }
}
