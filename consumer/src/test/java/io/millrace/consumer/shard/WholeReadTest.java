package io.millrace.consumer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.consumer.record.SourceRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class WholeReadTest {

    private static final byte[] PLAIN = {'{', '}'};

    @Test
    void kclSeesOneRecordBehindTheLastAndGivesBackAll() {
        List<SourceRecord> records = List.of(record("7", PLAIN), record("8", PLAIN), record("9", PLAIN));
        List<KinesisClientRecord> kcls = new AggregatorUtil().deaggregate(WholeRead.wrap(records));
        assertEquals(1, kcls.size());
        assertEquals("9", kcls.get(0).sequenceNumber());
        assertEquals(Long.MAX_VALUE, kcls.get(0).subSequenceNumber());
        assertEquals(records, WholeRead.unwrap(kcls));
        assertEquals(3, WholeRead.count(kcls));
        assertEquals(3L * PLAIN.length, WholeRead.bytes(kcls));
    }

    @Test
    void nothingStaysNothing() {
        assertEquals(List.of(), WholeRead.wrap(List.of()));
    }

    private static SourceRecord record(String sequenceNumber, byte[] data) {
        return new SourceRecord(sequenceNumber, 0, "key", Instant.EPOCH, ByteBuffer.wrap(data));
    }
}
