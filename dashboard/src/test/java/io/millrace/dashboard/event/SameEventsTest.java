package io.millrace.dashboard.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.lake.testing.FieldSpelling;
import io.millrace.lake.testing.TimeSpelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboard finds in the shared events what the consumer finds, or its search would pass over them. */
class SameEventsTest {

    static List<TimeSpelling> times() {
        return TimeSpelling.all();
    }

    static Stream<FieldSpelling> fields() {
        return Stream.concat(FieldSpelling.topLevel().stream(), FieldSpelling.nested().stream());
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesAreTheSame(TimeSpelling spelling) {
        String earlier = "\"timestamp\":\"2001-01-01T00:00:00Z\",";
        EventReader reader = new EventReader(FieldNames.STANDARD, EventFilter.ALL);
        assertEquals(spelling.time(), reader.read(spelling.event(earlier)).time());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void fieldsAreTheSame(FieldSpelling spelling) {
        FieldNames names = new FieldNames(spelling.path(), "timestamp");
        assertEquals(
                spelling.value(),
                new EventReader(names, EventFilter.ALL).read(spelling.event()).service());
    }

    @Test
    void theFilterLooksWhereEventsNameTheirService() {
        FieldNames names = new FieldNames("k8s.app", "ts");
        EventFilter api = new EventFilter("", Optional.empty(), Set.of("WARN"), Map.of("n", "1.50"), "api");
        EventReader reader = new EventReader(names, api);

        String event = "{\"k8s\":{\"app\":\"api\"},\"service\":\"other\",\"level\":\"warning\",\"n\":1.50}";
        assertTrue(api.fitsFields(reader.read(event)));
        assertFalse(api.fitsFields(reader.read(event.replace("\"app\"", "\"name\""))));
        assertFalse(api.fitsFields(reader.read(event.replace("1.50", "1.5"))));
    }
}
