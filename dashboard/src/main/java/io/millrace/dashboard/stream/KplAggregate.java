package io.millrace.dashboard.stream;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the records that the Kinesis Producer Library packs into one: four magic bytes, a Protocol Buffers message, and its
 * MD5 (github.com/awslabs/amazon-kinesis-producer, aggregation-format.md). KCL could do this, at 40 MB of dependencies.
 */
final class KplAggregate {

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int MD5_BYTES = 16;

    // Fields of AggregatedRecord.
    private static final int PARTITION_KEY_TABLE = 1;
    private static final int RECORDS = 3;
    // Fields of Record.
    private static final int PARTITION_KEY_INDEX = 1;
    private static final int DATA = 3;

    // Wire types of Protocol Buffers.
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    /** One record of those packed together; {@code data} is a read-only view. */
    record UserRecord(String partitionKey, ByteBuffer data) {}

    private KplAggregate() {}

    /** The packed records; empty where these bytes are no such package, which is then a record like any other. */
    static Optional<List<UserRecord>> read(byte[] record) {
        if (record.length < MAGIC.length + MD5_BYTES
                || !Arrays.equals(record, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || !hasGoodDigest(record)) {
            return Optional.empty();
        }
        ByteBuffer message = ByteBuffer.wrap(record, MAGIC.length, record.length - MAGIC.length - MD5_BYTES)
                .asReadOnlyBuffer();
        try {
            return Optional.of(parse(message));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static boolean hasGoodDigest(byte[] record) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            int end = record.length - MD5_BYTES;
            md5.update(record, MAGIC.length, end - MAGIC.length);
            return Arrays.equals(md5.digest(), Arrays.copyOfRange(record, end, record.length));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static List<UserRecord> parse(ByteBuffer message) {
        List<String> partitionKeys = new ArrayList<>();
        List<ByteBuffer> records = new ArrayList<>();
        while (message.hasRemaining()) {
            int tag = (int) varint(message);
            switch (tag >>> 3) {
                case PARTITION_KEY_TABLE -> partitionKeys.add(text(bytes(message, tag)));
                case RECORDS -> records.add(bytes(message, tag));
                default -> skip(message, tag);
            }
        }
        return records.stream().map(record -> userRecord(record, partitionKeys)).toList();
    }

    private static UserRecord userRecord(ByteBuffer message, List<String> partitionKeys) {
        int key = 0;
        ByteBuffer data = ByteBuffer.allocate(0);
        while (message.hasRemaining()) {
            int tag = (int) varint(message);
            switch (tag >>> 3) {
                case PARTITION_KEY_INDEX -> key = (int) varint(message);
                case DATA -> data = bytes(message, tag);
                default -> skip(message, tag);
            }
        }
        if (key < 0 || key >= partitionKeys.size()) {
            throw new IllegalArgumentException("partition key " + key + " of " + partitionKeys.size());
        }
        return new UserRecord(partitionKeys.get(key), data);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than ten bytes");
    }

    private static ByteBuffer bytes(ByteBuffer in, int tag) {
        long length = varint(in);
        if ((tag & 7) != LENGTH_DELIMITED || length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a field of " + length + " bytes");
        }
        ByteBuffer slice = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    private static void skip(ByteBuffer in, int tag) {
        switch (tag & 7) {
            case VARINT -> varint(in);
            case FIXED64 -> in.position(in.position() + Long.BYTES);
            case FIXED32 -> in.position(in.position() + Integer.BYTES);
            default -> bytes(in, tag);
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
