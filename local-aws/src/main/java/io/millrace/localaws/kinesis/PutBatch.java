package io.millrace.localaws.kinesis;

import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The entries of one PutRecords or PutRecord, side by side in one byte array: the stream's name may stand after the
 * records in a request, so that they cannot go straight to their shards. One thread's.
 */
final class PutBatch {

    private static final int ABSENT = -1;

    private final MessageDigest md5 = HashKey.md5();
    private final byte[] bytes;
    private final boolean single;
    private int used;
    private int count;
    private int[] keyStart = new int[1];
    private int[] keyEnd = new int[1];
    private int[] dataStart = new int[1];
    private int[] dataEnd = new int[1];
    private String[] explicitHashKey = new String[1];
    private byte[] sequenceNumbers = new byte[SequenceDigits.LENGTH];

    /**
     * @param capacity of all keys and data
     * @param single whether this is PutRecord's one entry
     */
    PutBatch(int capacity, boolean single) {
        this.bytes = new byte[capacity];
        this.single = single;
    }

    boolean isSingle() {
        return single;
    }

    /** Begins the next entry; what is set goes to it. */
    void begin() {
        if (count == keyStart.length) {
            int capacity = count == 1 ? Limits.PUT_ENTRIES : 2 * count;
            keyStart = Arrays.copyOf(keyStart, capacity);
            keyEnd = Arrays.copyOf(keyEnd, capacity);
            dataStart = Arrays.copyOf(dataStart, capacity);
            dataEnd = Arrays.copyOf(dataEnd, capacity);
            explicitHashKey = Arrays.copyOf(explicitHashKey, capacity);
            sequenceNumbers = new byte[capacity * SequenceDigits.LENGTH];
        }
        keyStart[count] = ABSENT;
        dataStart[count] = ABSENT;
        count++;
    }

    void partitionKey(String key) {
        keyStart[count - 1] = used;
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, bytes, used, utf8.length);
        used += utf8.length;
        keyEnd[count - 1] = used;
    }

    /** Where the entry's data is to be written, all at once. */
    OutputStream data() {
        dataStart[count - 1] = used;
        dataEnd[count - 1] = used;
        return new DataOutput();
    }

    void explicitHashKey(String value) {
        explicitHashKey[count - 1] = value;
    }

    int count() {
        return count;
    }

    boolean hasKey(int i) {
        return keyStart[i] != ABSENT;
    }

    boolean hasData(int i) {
        return dataStart[i] != ABSENT;
    }

    /** Null where the partition key decides. */
    String explicitHashKey(int i) {
        return explicitHashKey[i];
    }

    /** Decides over the shard. */
    HashKey hashKey(int i) {
        if (explicitHashKey[i] != null) {
            return HashKey.of(new BigInteger(explicitHashKey[i]));
        }
        md5.update(bytes, keyStart[i], keyLength(i));
        return HashKey.ofDigest(md5.digest());
    }

    byte[] bytes() {
        return bytes;
    }

    int keyStart(int i) {
        return keyStart[i];
    }

    int keyLength(int i) {
        return keyEnd[i] - keyStart[i];
    }

    int dataStart(int i) {
        return dataStart[i];
    }

    int dataLength(int i) {
        return dataEnd[i] - dataStart[i];
    }

    /** Of key and data, as the limits count. */
    int length(int i) {
        return keyLength(i) + dataLength(i);
    }

    /** The digits of entry {@code i} stand at {@code i * SequenceDigits.LENGTH} once it is stored. */
    byte[] sequenceNumbers() {
        return sequenceNumbers;
    }

    private final class DataOutput extends OutputStream {

        @Override
        public void write(int b) {
            bytes[used++] = (byte) b;
            dataEnd[count - 1] = used;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            System.arraycopy(source, offset, bytes, used, length);
            used += length;
            dataEnd[count - 1] = used;
        }
    }
}
