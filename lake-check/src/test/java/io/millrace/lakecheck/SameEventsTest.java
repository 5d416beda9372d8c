package io.millrace.lakecheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.lake.testing.FieldSpelling;
import io.millrace.lake.testing.TimeSpelling;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check has a reader of its own, so that it does not repeat the consumer's mistakes; both are asked about the same. */
class SameEventsTest {

    static List<TimeSpelling> times() {
        return TimeSpelling.all();
    }

    static Stream<FieldSpelling> fields() {
        return Stream.concat(FieldSpelling.topLevel().stream(), FieldSpelling.nested().stream());
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesAreTheSame(TimeSpelling spelling) throws IOException {
        String earlier = "\"timestamp\":\"2001-01-01T00:00:00Z\",";
        Optional<Instant> time = event(spelling.event(earlier), "service").time();
        assertEquals(seconds(spelling.time()), seconds(time));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void servicesAreTheSame(FieldSpelling spelling) throws IOException {
        String expected = spelling.value().filter(value -> !value.isBlank()).orElse("unknown");
        assertEquals(expected, event(spelling.event(), spelling.path()).service());
    }

    private static ExpectedEvent event(String event, String serviceField) throws IOException {
        return new EventPlaces(serviceField, "timestamp").event(1, event, event.getBytes(UTF_8));
    }

    private static Optional<Instant> seconds(Optional<Instant> time) {
        return time.map(moment -> moment.truncatedTo(ChronoUnit.SECONDS));
    }
}
