package io.millrace.consumer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class WholeReadTest {

    private static final byte[] PLAIN = {'{', '}'};
    private static final byte[] AGGREGATE = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2, 0, 0};

    @Test
    void kclSeesOneRecordAtTheLastPositionAndGivesBackAll() {
        List<KinesisClientRecord> records = List.of(record("7", PLAIN), record("8", PLAIN), record("9", PLAIN));
        List<KinesisClientRecord> kcls = new AggregatorUtil().deaggregate(WholeRead.wrap(records));
        assertEquals(1, kcls.size());
        assertEquals("9", kcls.get(0).sequenceNumber());
        assertEquals(0, kcls.get(0).subSequenceNumber());
        assertEquals(records, WholeRead.unwrap(kcls));
    }

    @Test
    void kclSeesWhatMayBeAnAggregateAndAllBesideIt() {
        List<KinesisClientRecord> records = List.of(record("7", PLAIN), record("8", AGGREGATE));
        assertSame(records, WholeRead.wrap(records));
        assertEquals(records, WholeRead.unwrap(records));
    }

    @Test
    void nothingStaysNothing() {
        assertEquals(List.of(), WholeRead.wrap(List.of()));
    }

    private static KinesisClientRecord record(String sequenceNumber, byte[] data) {
        return KinesisClientRecord.builder()
                .sequenceNumber(sequenceNumber)
                .partitionKey("key")
                .approximateArrivalTimestamp(Instant.EPOCH)
                .data(ByteBuffer.wrap(data).asReadOnlyBuffer())
                .build();
    }
}
