package io.millrace.localaws.kinesis;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The number of one record in its shard, built as Kinesis builds them: 186 bits that read as 56 decimal digits,
 * starting 49. From the top: 2; the second the shard was made (36 bits); the shard's index, low 4 bits; the record's
 * index in the shard, from 1 (64 bits); 0 (8 bits); the second the record arrived (36 bits); the shard's index (32
 * bits); the version, 2 (4 bits). AWS documents only that they rise; the build was found by the makers of Kinesalite.
 *
 * <p>So the number itself says where the record lies, and a child shard, made at a later second than its parents, starts
 * above their end.
 *
 * @param shardSecond epoch seconds of the shard's making, later than its parents'
 * @param recordIndex 0 for the shard's start, {@link Long#MAX_VALUE} for its end
 * @param second epoch seconds of the record's arrival
 */
record SequenceNumber(long shardSecond, int shardIndex, long recordIndex, long second) {

    private static final int RECORD_SHIFT = 80;
    private static final int SECOND_SHIFT = 36;
    private static final int SHARD_SHIFT = 4;
    private static final int VERSION = 2;
    private static final int LENGTH = 186;
    private static final long SECOND_MASK = (1L << 36) - 1;

    static SequenceNumber startOf(long shardSecond, int shardIndex) {
        return new SequenceNumber(shardSecond, shardIndex, 0, shardSecond);
    }

    static SequenceNumber endOf(long shardSecond, int shardIndex, long closedSecond) {
        return new SequenceNumber(shardSecond, shardIndex, Long.MAX_VALUE, closedSecond);
    }

    /** Empty where the digits are no number of this build. */
    static Optional<SequenceNumber> parse(String digits) {
        if (!digits.matches("[1-9]\\d{55}")) {
            return Optional.empty();
        }
        BigInteger bits = new BigInteger(digits);
        long shardSecond = bits.shiftRight(148).longValue() & SECOND_MASK;
        long recordIndex = bits.shiftRight(RECORD_SHIFT).longValue();
        long second = bits.shiftRight(SECOND_SHIFT).longValue() & SECOND_MASK;
        int shardIndex = bits.shiftRight(SHARD_SHIFT).intValue();
        SequenceNumber number = new SequenceNumber(shardSecond, shardIndex, recordIndex, second);
        return recordIndex >= 0
                        && bits.bitLength() == LENGTH
                        && number.toBigInteger().equals(bits)
                ? Optional.of(number)
                : Optional.empty();
    }

    boolean isOfShard(SequenceNumber start) {
        return shardSecond == start.shardSecond && shardIndex == start.shardIndex;
    }

    BigInteger toBigInteger() {
        BigInteger top = BigInteger.valueOf((2L << 40) | (shardSecond & SECOND_MASK) << 4 | (shardIndex & 0xf));
        BigInteger bottom = BigInteger.valueOf(second & SECOND_MASK)
                .shiftLeft(SECOND_SHIFT)
                .or(BigInteger.valueOf((shardIndex & 0xffffffffL) << SHARD_SHIFT | VERSION));
        return top.shiftLeft(64)
                .or(BigInteger.valueOf(recordIndex))
                .shiftLeft(RECORD_SHIFT)
                .or(bottom);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
