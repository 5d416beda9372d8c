package io.millrace.lake.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class BracesTest {

    @Property
    void countsThemWhateverStandsBeside(@ForAll("bytes") byte[] data) {
        int length = data.length - data.length / 5;
        long expected = 0;
        for (int i = 0; i < length; i++) {
            expected += data[i] == '{' ? 1 : 0;
        }
        assertEquals(expected, Braces.count(data, length));
    }

    /** Many braces, and what differs from one in a bit. */
    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.just((byte) '{')),
                        Tuple.of(2, Arbitraries.of((byte) 'z', (byte) '|', (byte) 0xFB, (byte) 0, (byte) 0xFF)),
                        Tuple.of(2, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(100);
    }
}
