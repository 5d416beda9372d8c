package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.testing.KplRecords;
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

    private final List<KinesisClientRecord> read = List.of(WholeRead.behind(
            "6",
            List.of(
                    record("7", new byte[] {'{', '}'}),
                    record("8", KplRecords.of("key", List.of(new byte[] {'a'}, new byte[] {'b'}))))));

    @Test
    void kclHandsAReadOnAsItIs() {
        assertEquals(read, aggregates.deaggregate(read));
        assertEquals(read, aggregates.deaggregate(read, BigInteger.ZERO, BigInteger.ONE), "another shard's too");
        assertEquals(read, aggregates.deaggregate(read, "0", "1"));
    }

    @Test
    void aCheckpointAmidTheLastAggregateLeavesNothingOut() {
        KinesisClientRecord seen = aggregates.deaggregate(read).get(0);
        ExtendedSequenceNumber position = new ExtendedSequenceNumber(seen.sequenceNumber(), seen.subSequenceNumber());
        assertEquals(1, position.compareTo(new ExtendedSequenceNumber("8", 1_000_000L)));
        assertEquals(-1, position.compareTo(new ExtendedSequenceNumber("9", 0L)));
    }

    @Test
    void kclMayChangeTheList() {
        List<KinesisClientRecord> handedOn = aggregates.deaggregate(read);
        handedOn.remove(0);
        assertEquals(List.of(), handedOn);
        assertEquals(new ArrayList<>(), aggregates.deaggregate(new ArrayList<>()));
    }

    private static SourceRecord record(String sequenceNumber, byte[] data) {
        return new SourceRecord(sequenceNumber, 0, "outer", Instant.EPOCH, ByteBuffer.wrap(data));
    }
}
