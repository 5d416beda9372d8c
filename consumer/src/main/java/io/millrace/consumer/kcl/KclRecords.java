package io.millrace.consumer.kcl;

import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SourceRecord;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetryableRetrievalException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

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

    /** None for KCL's words for where it begins. */
    static Optional<Position> position(ExtendedSequenceNumber number) {
        return number.isSentinelCheckpoint()
                ? Optional.empty()
                : Optional.of(new Position(number.sequenceNumber(), number.subSequenceNumber()));
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
