package io.millrace.consumer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.consumer.record.SourceRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.Record;

class KclAggregatesTest {

    private static final int CHANGES = 20_000;

    private final KclAggregates aggregates = new KclAggregates();

    @Test
    void soundOnesAreTakenApartAsKclDoes() {
        List<KinesisClientRecord> records =
                List.of(plain("{}"), aggregate(all -> {}, part(0, "a"), part(1, "b")), plain("[]"));
        List<SourceRecord> ours = apart(records);
        assertEquals(WholeRead.unwrap(new AggregatorUtil().deaggregate(records)), ours);
        assertEquals(List.of("{}", "a", "b", "[]"), texts(ours));
        assertEquals(
                List.of(0L, 0L, 1L, 0L),
                ours.stream()
                        .map(record -> record.position().subSequenceNumber())
                        .toList());
        assertEquals(
                List.of("outer", "one", "two", "outer"),
                ours.stream().map(SourceRecord::partitionKey).toList());
    }

    @Test
    void whatWasReadByUsIsTakenApartToo() {
        List<KinesisClientRecord> records = List.of(plain("{}"), aggregate(all -> {}, part(0, "a"), part(1, "b")));
        assertEquals(
                apart(records), WholeRead.unwrap(aggregates.deaggregate(WholeRead.wrap(WholeRead.unwrap(records)))));
    }

    @Test
    void kclMayChangeTheList() {
        aggregates.deaggregate(List.of(plain("{}"))).clear();
        aggregates.deaggregate(List.of()).clear();
    }

    @Test
    void dataMayLieAnywhere() {
        KinesisClientRecord sound = aggregate(all -> {}, part(0, "a"), part(1, "b"));
        byte[] bytes = bytes(sound.data());
        ByteBuffer amid = ByteBuffer.allocate(bytes.length + 20).position(7);
        amid.put(bytes).limit(amid.position()).position(7);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        for (ByteBuffer data : List.of(amid, amid.slice(), amid.asReadOnlyBuffer(), direct)) {
            ByteBuffer before = data.duplicate();
            assertEquals(apart(List.of(sound)), apart(List.of(record(data))));
            assertEquals(before, data);
        }
    }

    @Test
    void anAggregateOfNothingIsNothing() {
        assertEquals(List.of(), apart(List.of(aggregate(all -> {}))));
    }

    @Test
    void aKeyThatIsMissingLeavesTheRecordWhole() {
        KinesisClientRecord bad = aggregate(all -> {}, part(0, "a"), part(2, "b"));
        List<KinesisClientRecord> records = List.of(plain("{}"), bad, plain("[]"));
        assertEquals(WholeRead.unwrap(records), apart(records));
    }

    @Test
    void hashKeysAreNotLookedAt() {
        for (String hashKey :
                List.of("", "no number", "-1", BigInteger.TWO.pow(128).toString())) {
            Record hashed = part(0, "a").toBuilder().setExplicitHashKeyIndex(0).build();
            KinesisClientRecord record = aggregate(all -> all.addExplicitHashKeyTable(hashKey), hashed, part(1, "b"));
            assertEquals(List.of("a", "b"), texts(apart(List.of(record))));
        }
        Record beyond = part(0, "a").toBuilder().setExplicitHashKeyIndex(9).build();
        assertEquals(List.of("a"), texts(apart(List.of(aggregate(all -> {}, beyond)))));
    }

    @Test
    void anotherShardsRecordIsKept() {
        List<KinesisClientRecord> records = List.of(aggregate(all -> {}, part(0, "a"), part(1, "b")));
        assertEquals(
                List.of("a", "b"),
                texts(WholeRead.unwrap(aggregates.deaggregate(records, BigInteger.ZERO, BigInteger.ONE))));
    }

    @Test
    void whatIsCutOrChangedStaysARecord() {
        byte[] bytes = bytes(aggregate(all -> {}, part(0, "a")).data());
        for (int length = 0; length < bytes.length; length++) {
            assertStaysWhole(record(ByteBuffer.wrap(bytes, 0, length).slice()));
        }
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertStaysWhole(record(ByteBuffer.wrap(changed)));
        }
    }

    @Test
    void whatIsNoMessageStaysARecord() {
        assertStaysWhole(record(ByteBuffer.wrap(framed(new byte[] {(byte) 0xFF, (byte) 0xFF, 7}))));
    }

    /** Messages of every form, most of them broken: the judge is protocol buffers' own parser, of KCL's classes. */
    @Test
    void theMessageIsReadAsProtocolBuffersDo() {
        Random random = new Random(7);
        AggregatedRecord sound = message(
                all -> all.addExplicitHashKeyTable("9"),
                part(0, "a"),
                part(1, "b").toBuilder().setExplicitHashKeyIndex(0).build(),
                part(1, ""));
        int apart = 0;
        for (int i = 0; i < CHANGES; i++) {
            byte[] message = changed(sound.toByteArray(), random);
            KinesisClientRecord record = record(ByteBuffer.wrap(framed(message)));
            List<SourceRecord> expected = expected(record, message);
            assertEquals(expected, apart(List.of(record)), () -> HexFormat.of().formatHex(message));
            apart += expected.equals(WholeRead.unwrap(List.of(record))) ? 0 : 1;
        }
        assertTrue(apart > CHANGES / 20 && apart < CHANGES / 20 * 19, "of both kinds there are many: " + apart);
    }

    private static byte[] changed(byte[] message, Random random) {
        int cut = random.nextInt(4) == 0 ? random.nextInt(message.length) : message.length;
        byte[] changed = ByteBuffer.allocate(cut).put(message, 0, cut).array();
        for (int changes = random.nextInt(3); changes > 0 && cut > 0; changes--) {
            changed[random.nextInt(cut)] = (byte) random.nextInt();
        }
        return changed;
    }

    private static List<SourceRecord> expected(KinesisClientRecord record, byte[] message) {
        List<SourceRecord> whole = WholeRead.unwrap(List.of(record));
        AggregatedRecord aggregate;
        try {
            aggregate = AggregatedRecord.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            return whole;
        }
        List<SourceRecord> parts = new ArrayList<>();
        for (Record part : aggregate.getRecordsList()) {
            if (part.getPartitionKeyIndex() < 0
                    || part.getPartitionKeyIndex() >= aggregate.getPartitionKeyTableCount()) {
                return whole;
            }
            parts.add(new SourceRecord(
                    record.sequenceNumber(),
                    parts.size(),
                    aggregate.getPartitionKeyTable((int) part.getPartitionKeyIndex()),
                    record.approximateArrivalTimestamp(),
                    part.getData().asReadOnlyByteBuffer()));
        }
        return message.length == 0 ? whole : parts;
    }

    private void assertStaysWhole(KinesisClientRecord record) {
        int length = record.data().remaining();
        assertEquals(WholeRead.unwrap(List.of(record)), apart(List.of(record)));
        assertEquals(length, record.data().remaining());
    }

    private List<SourceRecord> apart(List<KinesisClientRecord> records) {
        return WholeRead.unwrap(aggregates.deaggregate(records));
    }

    private static Record part(int key, String data) {
        return Record.newBuilder()
                .setPartitionKeyIndex(key)
                .setData(ByteString.copyFromUtf8(data))
                .build();
    }

    private static KinesisClientRecord aggregate(Consumer<AggregatedRecord.Builder> more, Record... parts) {
        return record(ByteBuffer.wrap(framed(message(more, parts).toByteArray())));
    }

    private static AggregatedRecord message(Consumer<AggregatedRecord.Builder> more, Record... parts) {
        AggregatedRecord.Builder aggregate = AggregatedRecord.newBuilder()
                .addPartitionKeyTable("one")
                .addPartitionKeyTable("two")
                .addAllRecords(Stream.of(parts).toList());
        more.accept(aggregate);
        return aggregate.build();
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

    private static List<String> texts(List<SourceRecord> records) {
        return records.stream()
                .map(record -> new String(bytes(record.data()), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return bytes;
    }
}
