package io.millrace.consumer.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.Record;

/**
 * Takes KPL aggregates apart, in KCL's place: the same records under the same sub-sequence numbers, and nothing is left
 * out. KCL's own drops what does not fit (a key that is missing from the aggregate's table, a hash key that is no number
 * or belongs to another shard) and, without {@code javax.xml.bind}, ends the worker over it. Here a record's hash key is
 * not looked at, and an aggregate whose tables are wrong stays one record, which becomes a dead letter. Thread-safe.
 */
public final class KclAggregates extends AggregatorUtil {

    /** How an aggregate begins (aggregation-format.md of the KPL). */
    private static final int MAGIC = 0xF3899AC2;
    /** And its end: the MD5 of what lies between. */
    private static final int DIGEST_BYTES = 16;

    /** Whether the record begins as an aggregate does. */
    static boolean mayBe(ByteBuffer data) {
        return data.remaining() >= Integer.BYTES && data.getInt(data.position()) == MAGIC;
    }

    /** Every hash key is welcome. The list may be changed by the caller, as KCL does. */
    @Override
    public List<KinesisClientRecord> deaggregate(
            List<KinesisClientRecord> records, BigInteger startingHashKey, BigInteger endingHashKey) {
        return deaggregate(records);
    }

    @Override
    public List<KinesisClientRecord> deaggregate(List<KinesisClientRecord> records) {
        List<KinesisClientRecord> all = new ArrayList<>(records.size());
        for (KinesisClientRecord record : records) {
            Optional<AggregatedRecord> aggregate = mayBe(record.data()) ? read(record.data()) : Optional.empty();
            if (aggregate.isPresent()) {
                addParts(record, aggregate.get(), all);
            } else {
                all.add(record);
            }
        }
        return all;
    }

    private Optional<AggregatedRecord> read(ByteBuffer data) {
        ByteBuffer view = data.duplicate();
        int length = view.remaining() - Integer.BYTES - DIGEST_BYTES;
        if (length <= 0) {
            return Optional.empty();
        }
        byte[] message = new byte[length];
        byte[] digest = new byte[DIGEST_BYTES];
        view.position(view.position() + Integer.BYTES).get(message).get(digest);
        if (!Arrays.equals(digest, calculateTailCheck(message))) {
            return Optional.empty();
        }
        try {
            AggregatedRecord aggregate = AggregatedRecord.parseFrom(message);
            return Optional.of(aggregate).filter(KclAggregates::hasItsKeys);
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static boolean hasItsKeys(AggregatedRecord aggregate) {
        int keys = aggregate.getPartitionKeyTableCount();
        return aggregate.getRecordsList().stream()
                .mapToLong(Record::getPartitionKeyIndex)
                .allMatch(index -> index >= 0 && index < keys);
    }

    private void addParts(KinesisClientRecord whole, AggregatedRecord aggregate, List<KinesisClientRecord> all) {
        long subSequenceNumber = 0;
        for (Record part : aggregate.getRecordsList()) {
            KinesisClientRecord record = whole.toBuilder()
                    .data(part.getData().asReadOnlyByteBuffer())
                    .partitionKey(aggregate.getPartitionKeyTable((int) part.getPartitionKeyIndex()))
                    .build();
            all.add(convertRecordToKinesisClientRecord(record, true, subSequenceNumber++, null));
        }
    }
}
