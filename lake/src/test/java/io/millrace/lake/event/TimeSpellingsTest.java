package io.millrace.lake.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.lake.testing.TimeSpelling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the lake itself makes of the spellings; the tests of its users hold each of them to the same. */
class TimeSpellingsTest {

    static List<TimeSpelling> spellings() {
        return TimeSpelling.all();
    }

    @Test
    void thereAreManyOfBothKinds() {
        long times = spellings().stream()
                .filter(spelling -> spelling.time().isPresent())
                .count();
        assertTrue(times >= 80, times + " times");
        assertTrue(spellings().size() - times >= 50);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void isReadAsAnEventsField(TimeSpelling spelling) {
        assertEquals(spelling.epochSecond(), second(spelling, TimeForms.ALL));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void theFirstLayoutsReadWhatTheyAlwaysRead(TimeSpelling spelling) {
        long first = spelling.firstTime().map(Instant::getEpochSecond).orElse(EventTime.NONE);
        assertEquals(first, second(spelling, TimeForms.FIRST));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void theMomentIsTheSameWithItsFraction(TimeSpelling spelling) {
        String json = spelling.json();
        if (json.indexOf('\\') < 0) {
            String text = json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
            assertEquals(spelling.time(), EventTime.instant(text));
        }
    }

    /** What docs/events.md promises. */
    @Test
    void theDocumentedFormsAreRead() throws IOException {
        String page = Files.readString(Path.of("../docs/events.md"));
        String table = page.substring(page.indexOf("| form | examples |"), page.indexOf("- **Offset.**"));
        List<String> examples = Pattern.compile("`([^`]*\\d[^`]*)`")
                .matcher(table)
                .results()
                .map(example -> example.group(1))
                .toList();
        assertTrue(examples.size() > 15, examples::toString);
        examples.forEach(example -> assertTrue(EventTime.instant(example).isPresent(), example));
    }

    private static long second(TimeSpelling spelling, TimeForms forms) {
        EventFields fields = new EventFields("service", "timestamp", "", forms);
        byte[] event = spelling.event("").getBytes(StandardCharsets.UTF_8);
        assertEquals(event.length, new JsonScanner(fields).value(event, 0, event.length));
        return fields.epochSecond();
    }
}
