package io.millrace.consumer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.consumer.record.SourceRecord;
import io.millrace.consumer.testing.KplRecords;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

class KclAggregatesTest {

    private final AggregatorUtil aggregates = new KclAggregates();

    private final List<KinesisClientRecord> fannedOut =
            List.of(
                    record("7", new byte[] {'{', '}'}),
                    record("8", KplRecords.of("key", List.of(new byte[] {'a'}, new byte[] {'b'}))));

    @Test
    void kclHandsAllOnAsOneRead() {
        List<SourceRecord> records = WholeRead.unwrap(fannedOut);
        assertEquals(records, WholeRead.unwrap(one(aggregates.deaggregate(fannedOut))));
        assertEquals(records, WholeRead.unwrap(one(aggregates.deaggregate(WholeRead.wrap(records)))));
        assertEquals(
                records,
                WholeRead.unwrap(one(aggregates.deaggregate(fannedOut, BigInteger.ZERO, BigInteger.ONE))),
                "another shard's too");
        assertEquals(records, WholeRead.unwrap(one(aggregates.deaggregate(fannedOut, "0", "1"))));
    }

    @Test
    void aCheckpointAmidTheLastAggregateLeavesNothingOut() {
        KinesisClientRecord read = aggregates.deaggregate(fannedOut).get(0);
        ExtendedSequenceNumber position = new ExtendedSequenceNumber(read.sequenceNumber(), read.subSequenceNumber());
        assertEquals(1, position.compareTo(new ExtendedSequenceNumber("8", 1_000_000L)));
        assertEquals(-1, position.compareTo(new ExtendedSequenceNumber("9", 0L)));
    }

    @Test
    void kclMayChangeTheList() {
        List<KinesisClientRecord> read = aggregates.deaggregate(fannedOut);
        read.remove(0);
        assertEquals(List.of(), read);
        assertEquals(new ArrayList<>(), aggregates.deaggregate(new ArrayList<>()));
    }

    private static List<KinesisClientRecord> one(List<KinesisClientRecord> records) {
        assertEquals(1, records.size());
        return records;
    }

    private static KinesisClientRecord record(String sequenceNumber, byte[] data) {
        return KinesisClientRecord.builder()
                .sequenceNumber(sequenceNumber)
                .partitionKey("outer")
                .approximateArrivalTimestamp(Instant.EPOCH)
                .data(ByteBuffer.wrap(data))
                .build();
    }
}
