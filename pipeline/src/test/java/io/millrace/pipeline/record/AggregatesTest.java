package io.millrace.pipeline.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.pipeline.testing.KplRecords;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import software.amazon.kinesis.retrieval.kpl.Messages.Tag;

class AggregatesTest {

    private static final int CHANGES = 20_000;

    @Test
    void soundOnesAreTakenApartAsKclDoes() {
        List<SourceRecord> records =
                List.of(plain("{}"), aggregate(all -> {}, part(0, "a"), part(1, "b")), plain("[]"));
        List<SourceRecord> ours = Aggregates.takeApart(records);
        assertEquals(byKcl(records), ours);
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

    private static List<SourceRecord> byKcl(List<SourceRecord> records) {
        List<KinesisClientRecord> whole = records.stream()
                .map(record -> KinesisClientRecord.builder()
                        .sequenceNumber(record.position().sequenceNumber())
                        .partitionKey(record.partitionKey())
                        .approximateArrivalTimestamp(record.arrival())
                        .data(record.data())
                        .build())
                .toList();
        return new AggregatorUtil()
                .deaggregate(whole).stream()
                        .map(record -> new SourceRecord(
                                record.sequenceNumber(),
                                record.subSequenceNumber(),
                                record.partitionKey(),
                                record.approximateArrivalTimestamp(),
                                record.data()))
                        .toList();
    }

    @Test
    void recordsWithoutAnyStayAsTheyAre() {
        List<SourceRecord> records = List.of(plain("{}"), plain(""));
        assertSame(records, Aggregates.takeApart(records));
    }

    @Test
    void dataMayLieAnywhere() {
        SourceRecord sound = aggregate(all -> {}, part(0, "a"), part(1, "b"));
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
        SourceRecord bad = aggregate(all -> {}, part(0, "a"), part(2, "b"));
        List<SourceRecord> records = List.of(plain("{}"), bad, plain("[]"));
        assertEquals(records, apart(records));
    }

    @Test
    void hashKeysAreNotLookedAt() {
        for (String hashKey :
                List.of("", "no number", "-1", BigInteger.TWO.pow(128).toString())) {
            Record hashed = part(0, "a").toBuilder().setExplicitHashKeyIndex(0).build();
            SourceRecord record = aggregate(all -> all.addExplicitHashKeyTable(hashKey), hashed, part(1, "b"));
            assertEquals(List.of("a", "b"), texts(apart(List.of(record))));
        }
        Record beyond = part(0, "a").toBuilder().setExplicitHashKeyIndex(9).build();
        assertEquals(List.of("a"), texts(apart(List.of(aggregate(all -> {}, beyond)))));
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
        assertStaysWhole(record(ByteBuffer.wrap(KplRecords.framed(new byte[] {(byte) 0xFF, (byte) 0xFF, 7}))));
    }

    /** To KCL a tag needs its key. */
    @Test
    void aTagWithoutItsKeyLeavesTheRecordWhole() {
        byte[] sound = HexFormat.of().parseHex("0A036F6E65" + "1A0A08001A0161" + "22030A0174");
        assertEquals(List.of("a"), texts(apart(List.of(record(ByteBuffer.wrap(KplRecords.framed(sound)))))));
        byte[] without = HexFormat.of().parseHex("0A036F6E65" + "1A0708001A0161" + "2200");
        assertStaysWhole(record(ByteBuffer.wrap(KplRecords.framed(without))));
    }

    /** Messages of every form, most of them broken: the judge is protocol buffers' own parser, of KCL's classes. */
    @Test
    void theMessageIsReadAsProtocolBuffersDo() {
        Random random = new Random(7);
        AggregatedRecord sound = message(
                all -> all.addExplicitHashKeyTable("9"),
                part(0, "a"),
                part(1, "b").toBuilder().setExplicitHashKeyIndex(0).build(),
                part(1, "").toBuilder()
                        .addTags(Tag.newBuilder().setKey("t").setValue("v"))
                        .build());
        int apart = 0;
        for (int i = 0; i < CHANGES; i++) {
            byte[] message = changed(sound.toByteArray(), random);
            SourceRecord record = record(ByteBuffer.wrap(KplRecords.framed(message)));
            List<SourceRecord> expected = expected(record, message);
            assertEquals(expected, apart(List.of(record)), () -> HexFormat.of().formatHex(message));
            apart += expected.equals(List.of(record)) ? 0 : 1;
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

    private static List<SourceRecord> expected(SourceRecord record, byte[] message) {
        List<SourceRecord> whole = List.of(record);
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
                    record.position().sequenceNumber(),
                    parts.size(),
                    aggregate.getPartitionKeyTable((int) part.getPartitionKeyIndex()),
                    record.arrival(),
                    part.getData().asReadOnlyByteBuffer()));
        }
        return message.length == 0 ? whole : parts;
    }

    private void assertStaysWhole(SourceRecord record) {
        int length = record.data().remaining();
        assertEquals(List.of(record), apart(List.of(record)));
        assertEquals(length, record.data().remaining());
    }

    private static List<SourceRecord> apart(List<SourceRecord> records) {
        return Aggregates.takeApart(records);
    }

    private static Record part(int key, String data) {
        return Record.newBuilder()
                .setPartitionKeyIndex(key)
                .setData(ByteString.copyFromUtf8(data))
                .build();
    }

    private static SourceRecord aggregate(Consumer<AggregatedRecord.Builder> more, Record... parts) {
        return record(ByteBuffer.wrap(KplRecords.framed(message(more, parts).toByteArray())));
    }

    private static AggregatedRecord message(Consumer<AggregatedRecord.Builder> more, Record... parts) {
        AggregatedRecord.Builder aggregate = AggregatedRecord.newBuilder()
                .addPartitionKeyTable("one")
                .addPartitionKeyTable("two")
                .addAllRecords(Stream.of(parts).toList());
        more.accept(aggregate);
        return aggregate.build();
    }

    private static SourceRecord plain(String text) {
        return record(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static SourceRecord record(ByteBuffer data) {
        return new SourceRecord("7", 0, "outer", Instant.EPOCH, data);
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
