package io.millrace.localaws.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What a shard covers of the hash key space, both ends included. */
record HashKeyRange(HashKey start, HashKey end) {

    private static final HashKeyRange ALL = new HashKeyRange(HashKey.MIN, HashKey.MAX);

    /** The whole space in equal parts, the last one taking what division leaves over. */
    static List<HashKeyRange> uniform(int parts) {
        BigInteger width = ALL.end.toBigInteger().add(BigInteger.ONE).divide(BigInteger.valueOf(parts));
        List<HashKeyRange> ranges = new ArrayList<>(parts);
        HashKey start = HashKey.MIN;
        for (int i = 1; i <= parts; i++) {
            HashKey end = i == parts
                    ? HashKey.MAX
                    : HashKey.of(width.multiply(BigInteger.valueOf(i)).subtract(BigInteger.ONE));
            ranges.add(new HashKeyRange(start, end));
            start = i == parts ? HashKey.MAX : end.next();
        }
        return ranges;
    }

    boolean isJustBefore(HashKeyRange other) {
        return end.compareTo(other.start) < 0 && end.next().equals(other.start);
    }

    boolean contains(HashKey key) {
        return start.compareTo(key) <= 0 && key.compareTo(end) <= 0;
    }
}
