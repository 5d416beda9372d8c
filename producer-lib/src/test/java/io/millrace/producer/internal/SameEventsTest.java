package io.millrace.producer.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.lake.event.FieldReader;
import io.millrace.lake.testing.FieldSpelling;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The partition key is the service that the consumer reads: a service's events share a shard and come to lie together. An
 * object or array as a field's value is text here, so that such a key still spreads over the shards, and none there.
 */
class SameEventsTest {

    static List<FieldSpelling> fields() {
        return FieldSpelling.topLevel();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void fieldsAreTheSame(FieldSpelling spelling) {
        assertEquals(spelling.value(), scalar(spelling.event(), spelling.path()));
    }

    @Property
    void anyEventIsReadAsTheLakeReadsIt(@ForAll("events") String event) {
        assertEquals(
                Optional.ofNullable(new FieldReader(List.of("s")).read(event).get("s")), scalar(event, "s"), event);
    }

    @Provide
    Arbitrary<String> events() {
        Arbitrary<String> names = Arbitraries.of("s", "\\u0073", "t", "", "ss", "\\\"s");
        Arbitrary<String> values = Arbitraries.of(
                "\"a\"",
                "\"\"",
                "\"\\u00e9\\n\"",
                "null",
                "1.50",
                "-1e5",
                "true",
                "{}",
                "[]",
                "{\"s\":1}",
                "[{\"s\":2},\"}\"]");
        return names.flatMap(name -> values.map(value -> " \"" + name + "\" : " + value))
                .list()
                .ofMaxSize(6)
                .map(fields -> "{" + String.join(" ,", fields) + "}");
    }

    private static Optional<String> scalar(String event, String field) {
        return Optional.ofNullable(JsonFields.topLevel(event.getBytes(UTF_8), field))
                .filter(value -> !value.startsWith("{") && !value.startsWith("["));
    }
}
