package io.millrace.localaws.kinesis;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** An unsigned number of 128 bits: a place in a stream's hash key space. */
record HashKey(long high, long low) implements Comparable<HashKey> {

    static final HashKey MIN = new HashKey(0, 0);
    static final HashKey MAX = new HashKey(-1, -1);

    private static final BigInteger SPACE = BigInteger.ONE.shiftLeft(128);

    /** MD5 decides which shard a partition key belongs to (API reference, PutRecord). */
    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    static HashKey ofDigest(byte[] md5) {
        ByteBuffer bytes = ByteBuffer.wrap(md5);
        return new HashKey(bytes.getLong(), bytes.getLong());
    }

    static HashKey of(BigInteger value) {
        if (!isInSpace(value)) {
            throw new IllegalArgumentException("not within 128 bits: " + value);
        }
        return new HashKey(value.shiftRight(64).longValue(), value.longValue());
    }

    static boolean isInSpace(BigInteger value) {
        return value.signum() >= 0 && value.compareTo(SPACE) < 0;
    }

    BigInteger toBigInteger() {
        return new BigInteger(
                1, ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    /** The key before this one; only for keys above {@link #MIN}. */
    HashKey previous() {
        return new HashKey(low == 0 ? high - 1 : high, low - 1);
    }

    /** The key after this one; only for keys below {@link #MAX}. */
    HashKey next() {
        return new HashKey(low == -1 ? high + 1 : high, low + 1);
    }

    @Override
    public int compareTo(HashKey other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
