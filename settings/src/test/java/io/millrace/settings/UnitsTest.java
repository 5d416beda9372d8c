package io.millrace.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "5s, 5000",
        "100ms, 100",
        "0.1, 100",
        ".5, 500",
        "5., 5000",
        "60, 60000",
        "2m, 120000",
        "1.5 H, 5400000",
        "1d, 86400000",
        "0, 0",
        "0.0004, 0"
    })
    void durations(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), Units.duration(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "16M, 16777216",
        "16MiB, 16777216",
        "16mb, 16777216",
        "64 KiB, 65536",
        "64KiB, 65536",
        "1G, 1073741824",
        "2TiB, 2199023255552",
        "7B, 7"
    })
    void sizes(String text, long bytes) {
        assertEquals(bytes, Units.bytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "soon", "-1", "1 5", "1w", "5ss", "1e3", "999999999999d", "٣s"})
    void whatIsNotADuration(String text) {
        assertThrows(RuntimeException.class, () -> Units.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1.5M", "16Mi B", "1P", "999999999999999T"})
    void whatIsNotASize(String text) {
        assertThrows(RuntimeException.class, () -> Units.bytes(text));
    }

    @Property
    void whatIsPrintedReadsBack(@ForAll @LongRange(min = 0, max = 1L << 50) long number) {
        assertEquals(number, Units.bytes(Units.format(number)));
        assertEquals(Duration.ofMillis(number >> 10), Units.duration(Units.format(Duration.ofMillis(number >> 10))));
    }
}
