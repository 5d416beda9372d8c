package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.producer.ProducerSettings;
import io.millrace.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Holds the library's own reader of durations and sizes, and its words for their bounds, to the processes'. */
class UnitsProperties {

    @Property
    void durationsAreReadAlike(@ForAll("texts") String text) {
        assertEquals(read(io.millrace.settings.Units::duration, text), read(Units::duration, text));
    }

    @Property
    void sizesAreReadAlike(@ForAll("texts") String text) {
        assertEquals(read(io.millrace.settings.Units::bytes, text), read(Units::bytes, text));
    }

    @Property
    void bothArePrintedAlike(@ForAll @LongRange(min = 0, max = 1L << 50) long number) {
        assertEquals(io.millrace.settings.Units.format(number), Units.format(number));
        Duration duration = Duration.ofMillis(number);
        assertEquals(io.millrace.settings.Units.format(duration), Units.format(duration));
    }

    @Example
    void boundsAreToldAlike() {
        for (String name : List.of("PRODUCER_LINGER", "PRODUCER_MAX_BLOCK", "PRODUCER_BUFFER_BYTES")) {
            String allowed = ProducerSettings.ALL.stream()
                    .filter(setting -> setting.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .allowed();
            String[] bounds =
                    allowed.replaceAll(".* from (\\S+) to ([^;]+);.*", "$1 $2").split(" ");
            String told = name.endsWith("BYTES")
                    ? Settings.sizes(bounds[0], bounds[1])
                    : Settings.durations(bounds[0], bounds[1]);
            assertEquals(told, allowed);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> number = Arbitraries.oneOf(
                Arbitraries.longs().greaterOrEqual(0).map(String::valueOf),
                Arbitraries.of("", "0", ".5", "5.", "1.25", "0.1", "-1", "1e3", "0.0004", "٣"));
        Arbitrary<String> unit = Arbitraries.of(
                "", "ms", "s", "m", "M", "h", "d", "w", "B", "K", "KiB", "kb", "MiB", "G", "GIB", "T", "TiB", "P", "i");
        Arbitrary<String> space = Arbitraries.of("", " ", "  ", "\t");
        return Combinators.combine(space, number, space, unit).as((before, n, between, u) -> before + n + between + u);
    }

    /** Empty when the text is refused. */
    private static <T> Optional<T> read(Function<String, T> reader, String text) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
