package io.millrace.lake.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's decoder must agree. */
class Utf8Test {

    /** Every least and most byte of Unicode's table of proper sequences, and those beside them. */
    private static final int[] EDGES = {
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void ofAllTwoBytesTheSameAreProper() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                assertAgreed((byte) first, (byte) second);
            }
        }
    }

    @Test
    void atEveryEdgeTheSameIsProper() {
        for (int first : EDGES) {
            for (int second : EDGES) {
                for (int third : EDGES) {
                    assertAgreed((byte) first, (byte) second, (byte) third);
                    for (int fourth : EDGES) {
                        assertAgreed((byte) first, (byte) second, (byte) third, (byte) fourth);
                    }
                }
            }
        }
    }

    @Test
    void ofLongerBytesTheSameAreProper() {
        Random random = new Random(11);
        byte[] data = new byte[6];
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(data);
            assertAgreed(data);
        }
    }

    private static void assertAgreed(byte... data) {
        assertEquals(isProperToTheJdk(data), Utf8.isProper(data, 0, data.length), () -> Arrays.toString(data));
    }

    private static boolean isProperToTheJdk(byte[] data) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
