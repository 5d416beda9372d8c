package io.millrace.pipeline.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Property
    void positionsOrderAsNumbers(
            @ForAll @BigRange(min = "0", max = "1000000000000000000000000000000000000000000000000000000000")
                    BigInteger a,
            @ForAll @BigRange(min = "0", max = "1000000000000000000000000000000000000000000000000000000000")
                    BigInteger b) {
        Position first = new Position(a.toString(), 1);
        Position second = new Position(b.toString(), 1);
        assertEquals(Integer.signum(a.compareTo(b)), Integer.signum(first.compareTo(second)));
        assertEquals(true, new Position(a.toString(), 2).isAfter(first));
        assertEquals(first, Position.parse(first.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRIM_HORIZON", "LATEST", "-1", "01", "1 ", "١"})
    void whatIsNoSequenceNumberIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new Position(text, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", ":0", "1x2:0", "12:", "12:x", "LATEST:0"})
    void whatIsNoPositionIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Position.parse(text));
    }
}
