package io.millrace.consumer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.Record;

class KclAggregatesTest {

    private final KclAggregates aggregates = new KclAggregates();

    @Test
    void soundOnesAreTakenApartAsKclDoes() {
        List<KinesisClientRecord> records =
                List.of(plain("{}"), aggregate(all -> {}, part(0, "a"), part(1, "b")), plain("[]"));
        List<KinesisClientRecord> ours = aggregates.deaggregate(records);
        assertEquals(new AggregatorUtil().deaggregate(records), ours);
        assertEquals(List.of("{}", "a", "b", "[]"), texts(ours));
        assertEquals(
                List.of(0L, 1L),
                ours.subList(1, 3).stream()
                        .map(KinesisClientRecord::subSequenceNumber)
                        .toList());
    }

    @Test
    void aKeyThatIsMissingLeavesTheRecordWhole() {
        KinesisClientRecord bad = aggregate(all -> {}, part(0, "a"), part(2, "b"));
        List<KinesisClientRecord> ours = aggregates.deaggregate(List.of(plain("{}"), bad, plain("[]")));
        assertEquals(3, ours.size());
        assertSame(bad, ours.get(1));
    }

    @Test
    void hashKeysAreNotLookedAt() {
        for (String hashKey :
                List.of("", "no number", "-1", BigInteger.TWO.pow(128).toString())) {
            Record hashed = part(0, "a").toBuilder().setExplicitHashKeyIndex(0).build();
            KinesisClientRecord record = aggregate(all -> all.addExplicitHashKeyTable(hashKey), hashed, part(1, "b"));
            assertEquals(List.of("a", "b"), texts(aggregates.deaggregate(List.of(record))));
        }
        Record beyond = part(0, "a").toBuilder().setExplicitHashKeyIndex(9).build();
        assertEquals(List.of("a"), texts(aggregates.deaggregate(List.of(aggregate(all -> {}, beyond)))));
    }

    @Test
    void anotherShardsRecordIsKept() {
        List<KinesisClientRecord> records = List.of(aggregate(all -> {}, part(0, "a"), part(1, "b")));
        assertEquals(List.of("a", "b"), texts(aggregates.deaggregate(records, BigInteger.ZERO, BigInteger.ONE)));
    }

    @Test
    void whatIsCutOrChangedStaysARecord() {
        byte[] bytes = bytes(aggregate(all -> {}, part(0, "a")));
        for (int length = 0; length < bytes.length; length++) {
            KinesisClientRecord cut = record(ByteBuffer.wrap(bytes, 0, length).slice());
            assertSame(cut, aggregates.deaggregate(List.of(cut)).get(0));
        }
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            KinesisClientRecord record = record(ByteBuffer.wrap(changed));
            assertSame(record, aggregates.deaggregate(List.of(record)).get(0));
            assertEquals(changed.length, record.data().remaining());
        }
    }

    @Test
    void whatIsNoMessageStaysARecord() {
        KinesisClientRecord record = record(ByteBuffer.wrap(framed(new byte[] {(byte) 0xFF, (byte) 0xFF, 7})));
        assertSame(record, aggregates.deaggregate(List.of(record)).get(0));
    }

    private static Record part(int key, String data) {
        return Record.newBuilder()
                .setPartitionKeyIndex(key)
                .setData(ByteString.copyFromUtf8(data))
                .build();
    }

    private static KinesisClientRecord aggregate(Consumer<AggregatedRecord.Builder> more, Record... parts) {
        AggregatedRecord.Builder aggregate = AggregatedRecord.newBuilder()
                .addPartitionKeyTable("one")
                .addPartitionKeyTable("two")
                .addAllRecords(List.of(parts));
        more.accept(aggregate);
        return record(ByteBuffer.wrap(framed(aggregate.build().toByteArray())));
    }

    private static byte[] framed(byte[] message) {
        try {
            return ByteBuffer.allocate(4 + message.length + 16)
                    .putInt(0xF3899AC2)
                    .put(message)
                    .put(MessageDigest.getInstance("MD5").digest(message))
                    .array();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KinesisClientRecord plain(String text) {
        return record(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static KinesisClientRecord record(ByteBuffer data) {
        return KinesisClientRecord.builder()
                .sequenceNumber("7")
                .partitionKey("outer")
                .approximateArrivalTimestamp(Instant.EPOCH)
                .data(data)
                .build();
    }

    private static List<String> texts(List<KinesisClientRecord> records) {
        return records.stream()
                .map(record -> new String(bytes(record), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(KinesisClientRecord record) {
        byte[] bytes = new byte[record.data().remaining()];
        record.data().duplicate().get(bytes);
        return bytes;
    }
}
