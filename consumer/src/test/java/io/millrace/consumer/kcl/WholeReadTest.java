package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SourceRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class WholeReadTest {

    private static final byte[] PLAIN = {'{', '}'};

    @Test
    void kclSeesOneRecordBehindTheLastAndGivesBackAll() {
        List<SourceRecord> records = List.of(record("7"), record("8"), record("9"));
        List<KinesisClientRecord> kcls = new AggregatorUtil().deaggregate(List.of(WholeRead.behind("6", records)));
        assertEquals(1, kcls.size());
        assertEquals("9", kcls.get(0).sequenceNumber());
        assertEquals(Long.MAX_VALUE, kcls.get(0).subSequenceNumber());
        assertEquals(new LinkedRecords(Optional.of(new Position("6", 0)), records), WholeRead.unwrap(kcls));
        assertEquals(3, WholeRead.count(kcls));
        assertEquals(3L * PLAIN.length, WholeRead.bytes(kcls));
    }

    @Test
    void aReadWithoutRecordsSaysWhatItFollowsToo() {
        List<KinesisClientRecord> kcls = new AggregatorUtil().deaggregate(List.of(WholeRead.behind("6", List.of())));
        assertEquals("6", kcls.get(0).sequenceNumber());
        assertEquals(new LinkedRecords(Optional.of(new Position("6", 0)), List.of()), WholeRead.unwrap(kcls));
        assertEquals(0, WholeRead.count(kcls));
    }

    @Test
    void aReadingThatBeginsAtNoRecordFollowsNone() {
        for (String beginning : List.of("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP")) {
            WholeRead read = WholeRead.behind(beginning, List.of());
            assertEquals(beginning, read.sequenceNumber());
            assertEquals(LinkedRecords.NONE, WholeRead.unwrap(List.of(read)));
        }
        assertEquals(LinkedRecords.NONE, WholeRead.unwrap(List.of()));
    }

    @Test
    void readsThatWereMixedAreRefused() {
        WholeRead read = WholeRead.behind("6", List.of(record("7")));
        assertThrows(IllegalArgumentException.class, () -> WholeRead.unwrap(List.of(read, read)));
    }

    private static SourceRecord record(String sequenceNumber) {
        return new SourceRecord(sequenceNumber, 0, "key", Instant.EPOCH, ByteBuffer.wrap(PLAIN));
    }
}
