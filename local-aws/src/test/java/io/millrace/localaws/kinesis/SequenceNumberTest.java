package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumberTest {

    private static final long SECOND = 1_772_366_400;

    @Test
    void looksAsKinesisWritesThem() {
        assertTrue(SequenceNumber.startOf(SECOND, 0).toString().matches("49\\d{54}"));
        assertTrue(SequenceNumber.endOf(SECOND, 123_456, SECOND).toString().matches("49\\d{54}"));
    }

    @Test
    void readsNumbersThatKinesisGave() {
        // From the request and response examples of the API reference: PutRecord, and SplitShard's parent.
        SequenceNumber number = SequenceNumber.parse("49543463076548007577105092703039560359975228518395019266")
                .orElseThrow();
        assertEquals(0, number.shardIndex());
        assertEquals("49543463076548007577105092703039560359975228518395019266", number.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "x",
                "49",
                "99999999999999999999999999999999999999999999999999999999",
                "049543463076548007577105092703039560359975228518395019266",
                "49543463076548007577105092703039560359975228518395019267"
            })
    void refusesOtherText(String text) {
        assertEquals(Optional.empty(), SequenceNumber.parse(text));
    }

    @Test
    void aNumberSaysWhereItsRecordLies() {
        SequenceNumber number = new SequenceNumber(SECOND, 77, 123_456_789_012L, SECOND + 5);
        assertEquals(Optional.of(number), SequenceNumber.parse(number.toString()));
        assertTrue(number.isOfShard(SequenceNumber.startOf(SECOND, 77)));
    }

    @Test
    void risesThroughAShardAndOnIntoItsChildren() {
        BigInteger start = SequenceNumber.startOf(SECOND, 5).toBigInteger();
        BigInteger first = new SequenceNumber(SECOND, 5, 1, SECOND).toBigInteger();
        BigInteger later = new SequenceNumber(SECOND, 5, 2, SECOND + 1).toBigInteger();
        BigInteger end = SequenceNumber.endOf(SECOND, 5, SECOND + 1).toBigInteger();
        BigInteger child = SequenceNumber.startOf(SECOND + 1, 0).toBigInteger();
        assertTrue(start.compareTo(first) < 0);
        assertTrue(first.compareTo(later) < 0);
        assertTrue(later.compareTo(end) < 0);
        assertTrue(end.compareTo(child) < 0);
    }

    @Test
    void countingInDecimalComesToTheSame() {
        SequenceDigits digits = new SequenceDigits(SequenceNumber.startOf(SECOND, 3));
        byte[] ascii = new byte[SequenceDigits.LENGTH];
        long second = SECOND;
        long[] steps = {0, 0, 1, 59, 86_400, 31_536_000, 99_999_999, 100_000_001, 3_000_000_000L};
        for (int i = 0; i < 1_000; i++) {
            second += i < steps.length ? steps[i] : i % 3;
            digits.next(second);
            digits.writeTo(ascii, 0);
            assertEquals(
                    new SequenceNumber(SECOND, 3, i + 1, second).toString(),
                    new String(ascii, StandardCharsets.US_ASCII));
        }
    }
}
