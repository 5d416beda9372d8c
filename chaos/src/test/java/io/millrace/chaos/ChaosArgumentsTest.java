package io.millrace.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosArgumentsTest {

    @Test
    void everythingIsOnByDefault() {
        assertEquals(ChaosOptions.of(200, 7), parse("200 7"));
        assertEquals(200, ChaosArguments.parse(List.of()).rounds());
    }

    @Test
    void onlyChooses() {
        EnumSet<Disturbance> kinds = EnumSet.copyOf(Disturbance.BASIC);
        kinds.add(Disturbance.DOUBLE);
        kinds.add(Disturbance.LAG);

        assertEquals(kinds, parse("5 1 --only basic,double,lag").kinds());
    }

    @Test
    void aWideStreamIsNotResharded() {
        ChaosOptions wide = parse("50 1 --wide --dedupe --careless");

        assertEquals(16, wide.shards());
        assertTrue(wide.wide() && wide.dedupe() && wide.careless());
        assertEquals(EnumSet.complementOf(EnumSet.of(Disturbance.RESHARD)), wide.kinds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "1 2 3", "--only", "--only kil", "--only lag", "--wid", "--shards few"})
    void saysWhatIsWrongInOneLine(String arguments) {
        String message = assertThrows(IllegalArgumentException.class, () -> parse(arguments))
                .getMessage();
        assertEquals(1, message.lines().count());
    }

    private static ChaosOptions parse(String arguments) {
        return ChaosArguments.parse(List.of(arguments.split(" ")));
    }
}
