package io.millrace.producer.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The KPL's aggregated record: four magic bytes, a protocol-buffers message, and the message's MD5. Source: "KPL Aggregated
 * Record Format", awslabs/amazon-kinesis-producer, {@code aggregation-format.md}.
 *
 * <pre>
 * message AggregatedRecord {
 *   repeated string partition_key_table     = 1;
 *   repeated string explicit_hash_key_table = 2;   // none here: each event goes by its partition key
 *   repeated Record records                 = 3;
 * }
 * message Record {
 *   required uint64 partition_key_index     = 1;
 *   optional uint64 explicit_hash_key_index = 2;
 *   required bytes  data                    = 3;
 * }
 * </pre>
 */
final class KplFormat {
    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int MD5_BYTES = 16;
    private static final int KEY_TABLE_TAG = 1 << 3 | 2;
    private static final int RECORD_TAG = 3 << 3 | 2;
    private static final int KEY_INDEX_TAG = 1 << 3;
    private static final int DATA_TAG = 3 << 3 | 2;

    /** Bytes of a record without events. */
    static final int EMPTY_BYTES = MAGIC.length + MD5_BYTES;

    private final byte[] out;
    private int at;

    private KplFormat(int size) {
        this.out = new byte[size];
    }

    /** What an event's partition key adds, the first time. */
    static int keyBytes(Event event) {
        return 1 + varintBytes(event.keyBytes) + event.keyBytes;
    }

    /** What an event adds, where its partition key has this index. */
    static int recordBytes(int keyIndex, Event event) {
        int inner = innerBytes(keyIndex, event);
        return 1 + varintBytes(inner) + inner;
    }

    private static int innerBytes(int keyIndex, Event event) {
        return 1 + varintBytes(keyIndex) + 1 + varintBytes(event.data.length) + event.data.length;
    }

    private static int varintBytes(int value) {
        return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    /**
     * Writes the record.
     *
     * @param keys the events' partition keys in the order of their indexes
     * @param size what {@link #EMPTY_BYTES}, {@link #keyBytes} and {@link #recordBytes} add up to
     */
    static byte[] write(List<Event> events, Map<String, Integer> keys, int size) {
        KplFormat format = new KplFormat(size);
        format.bytes(MAGIC);
        for (String key : keys.keySet()) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            format.varint(KEY_TABLE_TAG);
            format.varint(bytes.length);
            format.bytes(bytes);
        }
        for (Event event : events) {
            int index = keys.get(event.partitionKey);
            format.varint(RECORD_TAG);
            format.varint(innerBytes(index, event));
            format.varint(KEY_INDEX_TAG);
            format.varint(index);
            format.varint(DATA_TAG);
            format.varint(event.data.length);
            format.bytes(event.data);
        }
        var md5 = HashKey.md5();
        md5.update(format.out, MAGIC.length, format.at - MAGIC.length);
        format.bytes(md5.digest());
        return format.out;
    }

    private void bytes(byte[] bytes) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        at += bytes.length;
    }

    private void varint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out[at++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out[at++] = (byte) rest;
    }
}
