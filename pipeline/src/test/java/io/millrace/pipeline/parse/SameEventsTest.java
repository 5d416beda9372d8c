package io.millrace.pipeline.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.lake.event.TimeForms;
import io.millrace.lake.testing.FieldSpelling;
import io.millrace.lake.testing.TimeSpelling;
import io.millrace.pipeline.parse.ParseResult.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipeline, and with it the consumer and Lambda, finds in the shared events what all their readers must. */
class SameEventsTest {

    static List<TimeSpelling> times() {
        return TimeSpelling.all();
    }

    static Stream<FieldSpelling> fields() {
        return Stream.concat(FieldSpelling.topLevel().stream(), FieldSpelling.nested().stream())
                .filter(spelling -> !spelling.path().isEmpty()); // which is not allowed as a setting
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesAreTheSame(TimeSpelling spelling) {
        String earlier = "\"timestamp\":\"2001-01-01T00:00:00Z\",";
        assertEquals(
                spelling.epochSecond(),
                parsed(spelling.event(earlier), "service").epochSecond());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void fieldsAreTheSame(FieldSpelling spelling) {
        assertEquals(
                spelling.value().orElse(""),
                parsed(spelling.event(), spelling.path()).service());
    }

    private static Parsed parsed(String event, String serviceField) {
        List<ParseResult> pieces = new ArrayList<>();
        byte[] data = event.getBytes(UTF_8);
        new EventParser(serviceField, "timestamp", "", TimeForms.ALL).parse(data, data.length, pieces::add);
        return (Parsed) pieces.get(0);
    }
}
