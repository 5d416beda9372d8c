package io.millrace.localaws.kinesis;

import java.math.BigInteger;

/**
 * Counts sequence numbers up in decimal. Turning 186 bits into digits is the dearest step of storing a small record;
 * the next record's number is an addition away. Not thread-safe.
 */
final class SequenceDigits {

    static final int LENGTH = 56;

    private static final int LIMB_DIGITS = 14;
    private static final long LIMB = 100_000_000_000_000L;
    private static final BigInteger BIG_LIMB = BigInteger.valueOf(LIMB);
    private static final long[] RECORD_STEP = limbs(BigInteger.ONE.shiftLeft(80));
    private static final long SECOND_STEP = 1L << 36;
    /** More seconds at once than this could overflow the lowest limb. */
    private static final long MAX_SECONDS = 100_000_000;

    private final long shardSecond;
    private final int shardIndex;
    private long recordIndex;
    private long second;
    private long[] limbs;

    SequenceDigits(SequenceNumber start) {
        shardSecond = start.shardSecond();
        shardIndex = start.shardIndex();
        set(start.recordIndex(), start.second());
    }

    private void set(long index, long arrivalSecond) {
        recordIndex = index;
        second = arrivalSecond;
        limbs = limbs(new SequenceNumber(shardSecond, shardIndex, index, arrivalSecond).toBigInteger());
    }

    /** Goes to the next record of the shard, which arrived at this second. */
    void next(long arrivalSecond) {
        long seconds = arrivalSecond - second;
        if (seconds < 0 || seconds > MAX_SECONDS) {
            set(recordIndex + 1, arrivalSecond);
            return;
        }
        recordIndex++;
        second = arrivalSecond;
        long sum = limbs[0] + RECORD_STEP[0] + seconds * SECOND_STEP;
        limbs[0] = sum % LIMB;
        sum = limbs[1] + RECORD_STEP[1] + sum / LIMB;
        limbs[1] = sum % LIMB;
        sum = limbs[2] + sum / LIMB;
        limbs[2] = sum % LIMB;
        limbs[3] += sum / LIMB;
    }

    long second() {
        return second;
    }

    /** Writes {@link #LENGTH} ASCII digits. */
    void writeTo(byte[] target, int offset) {
        int end = offset + LENGTH;
        for (long limb : limbs) {
            long rest = limb;
            for (int i = 1; i <= LIMB_DIGITS; i++) {
                target[end - i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            end -= LIMB_DIGITS;
        }
    }

    /** Lowest first. */
    private static long[] limbs(BigInteger value) {
        long[] limbs = new long[LENGTH / LIMB_DIGITS];
        BigInteger rest = value;
        for (int i = 0; i < limbs.length; i++) {
            BigInteger[] split = rest.divideAndRemainder(BIG_LIMB);
            limbs[i] = split[1].longValue();
            rest = split[0];
        }
        return limbs;
    }
}
