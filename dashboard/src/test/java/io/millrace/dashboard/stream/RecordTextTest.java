package io.millrace.dashboard.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.testing.Lake;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Record;

class RecordTextTest {

    @Test
    void aRecordMayHoldOneEventOrLinesOrAnArray() {
        assertEquals(List.of("{\"a\":1}"), RecordText.events("{\"a\":1}\n"));
        assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), RecordText.events("{\"a\":1}\n\n{\"b\":2}\n"));
        assertEquals(List.of("{\"a\": 1.50}", "{\"b\":[{}]}"), RecordText.events(" [{\"a\": 1.50}, {\"b\":[{}]} ]"));
        assertEquals(List.of("{\n\"a\":1\n}"), RecordText.events("{\n\"a\":1\n}"));
        assertEquals(List.of("[1,2]"), RecordText.events("[1,2]"));
        assertEquals(List.of("plain text"), RecordText.events("plain text"));
    }

    @Test
    void gzipIsUnpackedAndABombIsCut() {
        RecordText.Unpacked small =
                RecordText.unpack(ByteBuffer.wrap(Lake.gzip("{}".getBytes(StandardCharsets.UTF_8))));
        RecordText.Unpacked bomb = RecordText.unpack(ByteBuffer.wrap(Lake.gzip(new byte[20 << 20])));

        assertEquals("{}", small.text());
        assertTrue(small.gzip());
        assertTrue(bomb.cut());
        assertEquals(RecordText.MAX_BYTES, bomb.text().length());
    }

    @Test
    void anAggregatedRecordIsTakenApart() throws Exception {
        byte[] aggregate = aggregate(List.of("key-a", "key-b"), List.of("one", "two"));

        List<Deaggregator.Part> records = parts(aggregate);

        assertEquals(
                List.of("key-a", "key-b"),
                records.stream().map(Deaggregator.Part::partitionKey).toList());
        assertEquals(
                List.of("one", "two"),
                records.stream()
                        .map(r -> StandardCharsets.UTF_8
                                .decode(r.data().duplicate())
                                .toString())
                        .toList());
    }

    @Test
    void whatIsNoGoodAggregateIsARecordLikeAnyOther() throws Exception {
        byte[] aggregate = aggregate(List.of("k"), List.of("one"));
        byte[] badDigest = aggregate.clone();
        badDigest[badDigest.length - 1] ^= 1;

        assertIsWhole(badDigest);
        assertIsWhole("{}".getBytes(StandardCharsets.UTF_8));
        assertIsWhole(sealed(new byte[] {0x1a, 0x7f}));
        assertIsWhole(sealed(new byte[] {(byte) 0xff, (byte) 0xff}));
    }

    /** The consumer takes neither apart: a part without its key, and one without data. */
    @Test
    void aPartThatLacksSomethingMakesItARecordLikeAnyOther() throws Exception {
        ByteArrayOutputStream noKey = new ByteArrayOutputStream();
        field(noKey, 1, "k".getBytes(StandardCharsets.UTF_8));
        field(noKey, 3, new byte[] {3 << 3 | 2, 1, 'x'});
        ByteArrayOutputStream noData = new ByteArrayOutputStream();
        field(noData, 1, "k".getBytes(StandardCharsets.UTF_8));
        field(noData, 3, new byte[] {1 << 3, 0});

        assertIsWhole(sealed(noKey.toByteArray()));
        assertIsWhole(sealed(noData.toByteArray()));
    }

    private static void assertIsWhole(byte[] data) {
        List<Deaggregator.Part> parts = parts(data);
        assertEquals(1, parts.size());
        assertEquals("outer", parts.get(0).partitionKey());
        assertEquals(data.length, parts.get(0).data().remaining());
    }

    private static List<Deaggregator.Part> parts(byte[] data) {
        return Deaggregator.parts(Record.builder()
                .sequenceNumber("1")
                .partitionKey("outer")
                .data(SdkBytes.fromByteArray(data))
                .build());
    }

    private static byte[] aggregate(List<String> keys, List<String> data) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (String key : keys) {
            field(message, 1, key.getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < data.size(); i++) {
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            record.write(1 << 3);
            record.write(i);
            field(record, 3, data.get(i).getBytes(StandardCharsets.UTF_8));
            field(message, 3, record.toByteArray());
        }
        return sealed(message.toByteArray());
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        out.write(number << 3 | 2);
        out.write(value.length);
        out.writeBytes(value);
    }

    private static byte[] sealed(byte[] message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
        out.writeBytes(message);
        out.writeBytes(MessageDigest.getInstance("MD5").digest(message));
        return out.toByteArray();
    }
}
