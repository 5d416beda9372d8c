package io.millrace.consumer.shard;

import io.millrace.consumer.record.SourceRecord;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetryableRetrievalException;

/** KCL's records in the pipeline's words. */
final class KclRecords {

    private KclRecords() {}

    /** @throws RetryableRetrievalException where a record is none, as without a sequence number */
    static List<SourceRecord> decodedBySdk(GetRecordsResponse answer) {
        try {
            return answer.records().stream()
                    .map(KinesisClientRecord::fromRecord)
                    .map(KclRecords::toSource)
                    .toList();
        } catch (RuntimeException e) {
            throw new RetryableRetrievalException("Kinesis answered with a record that is none: " + e.getMessage(), e);
        }
    }

    static SourceRecord toSource(KinesisClientRecord record) {
        return new SourceRecord(
                record.sequenceNumber(),
                record.subSequenceNumber(),
                record.partitionKey(),
                record.approximateArrivalTimestamp(),
                record.data());
    }
}
