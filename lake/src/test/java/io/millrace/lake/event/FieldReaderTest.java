package io.millrace.lake.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.lake.testing.FieldSpelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldReaderTest {

    static Stream<FieldSpelling> spellings() {
        return Stream.concat(FieldSpelling.topLevel().stream(), FieldSpelling.nested().stream());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void isReadAsTheConsumerReadsIt(FieldSpelling spelling) {
        FieldReader reader = new FieldReader(List.of("other", spelling.path()));
        assertEquals(
                spelling.value(),
                Optional.ofNullable(reader.read(spelling.event()).get(spelling.path())));
        if (!spelling.path().isEmpty()) {
            EventFields fields = new EventFields(spelling.path(), "timestamp", "", TimeForms.ALL);
            byte[] event = spelling.event().strip().getBytes(UTF_8);
            new JsonScanner(fields).value(event, 0, event.length);
            assertEquals(spelling.value().orElse(""), fields.service());
        }
    }

    @Test
    void severalFieldsAreReadAtOnce() {
        FieldReader reader = new FieldReader(List.of("a", "b.c", "b"));
        assertEquals(Map.of("a", "1", "b.c", "2"), reader.read("{\"a\":1,\"b\":{\"c\":2}}"));
        assertEquals(Map.of("b", "3"), reader.read("{\"b\":3}"));
    }

    @Test
    void whatStandsBeforeACutIsRead() {
        FieldReader reader = new FieldReader(List.of("a", "b"));
        assertEquals(Map.of("a", "1"), reader.read("{\"a\":1,\"b\":\"cut off"));
        assertEquals(Map.of(), reader.read("no JSON"));
        assertEquals(Map.of(), reader.read("[{\"a\":1}]"));
        assertEquals(Map.of(), reader.read(""));
    }
}
