package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashKeyTest {

    @Test
    void isTheMd5OfThePartitionKey() {
        HashKey key = HashKey.ofDigest(HashKey.md5().digest("hello".getBytes(StandardCharsets.UTF_8)));
        assertEquals(new BigInteger("5d41402abc4b2a76b9719d911017c592", 16), key.toBigInteger());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "18446744073709551615",
                "18446744073709551616",
                "340282366920938463463374607431768211455"
            })
    void readsAndWritesDecimals(String decimal) {
        assertEquals(decimal, HashKey.of(new BigInteger(decimal)).toString());
    }

    @Test
    void is128BitsAndNoMore() {
        assertEquals(HashKey.MAX, HashKey.of(new BigInteger("340282366920938463463374607431768211455")));
        assertThrows(
                IllegalArgumentException.class,
                () -> HashKey.of(new BigInteger("340282366920938463463374607431768211456")));
        assertThrows(IllegalArgumentException.class, () -> HashKey.of(BigInteger.ONE.negate()));
    }

    @Test
    void comparesUnsignedAndCarries() {
        HashKey below = HashKey.of(new BigInteger("18446744073709551615"));
        HashKey above = HashKey.of(new BigInteger("18446744073709551616"));
        assertEquals(above, below.next());
        assertEquals(below, above.previous());
        assertTrue(below.compareTo(above) < 0);
        assertTrue(HashKey.MIN.compareTo(HashKey.MAX) < 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 100})
    void uniformRangesCoverTheSpaceWithoutGaps(int parts) {
        List<HashKeyRange> ranges = HashKeyRange.uniform(parts);
        assertEquals(parts, ranges.size());
        assertEquals(HashKey.MIN, ranges.get(0).start());
        assertEquals(HashKey.MAX, ranges.get(parts - 1).end());
        for (int i = 1; i < parts; i++) {
            assertTrue(ranges.get(i - 1).isJustBefore(ranges.get(i)));
        }
        assertFalse(ranges.get(parts - 1).isJustBefore(ranges.get(0)));
    }
}
