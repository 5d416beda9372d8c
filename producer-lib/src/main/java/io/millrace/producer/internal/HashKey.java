package io.millrace.producer.internal;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A 128-bit unsigned hash key: Kinesis takes a record to the shard whose range holds the MD5 of its partition key. */
record HashKey(long high, long low) implements Comparable<HashKey> {

    static HashKey of(String partitionKey) {
        return of(md5().digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
    }

    static HashKey ofDecimal(String text) {
        byte[] bytes = new BigInteger(text).toByteArray();
        byte[] padded = new byte[16];
        int length = Math.min(16, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, 16 - length, length);
        return of(padded);
    }

    private static HashKey of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new HashKey(buffer.getLong(), buffer.getLong());
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    String toDecimal() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return new BigInteger(1, bytes).toString();
    }

    @Override
    public int compareTo(HashKey other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
}
