package io.millrace.ingest.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSplitterTest {
    private final EventSplitter splitter = new EventSplitter(5);

    private SplitEvents split(String body) throws UnreadableException {
        return splitter.split(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(SplitEvents split) {
        return split.events().stream()
                .map(event -> event.index() + ":" + new String(event.json(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void anArraysObjectsKeepTheirBytes() throws UnreadableException {
        assertEquals(
                List.of("0:{\"a\": 1.50, \"ü\":\"€\"}", "1:{ }"), texts(split(" [{\"a\": 1.50, \"ü\":\"€\"} ,{ }] ")));
    }

    @Test
    void anObjectsLogsAreTheEvents() throws UnreadableException {
        assertEquals(
                List.of("0:{\"a\":1}", "1:{\"b\":2}"),
                texts(split("{\"sent\":{\"by\":[1]},\"logs\":[{\"a\":1},{\"b\":2}],\"more\":true}")));
    }

    @Test
    void linesAndObjectsOneAfterTheOtherAreEvents() throws UnreadableException {
        assertEquals(
                List.of("0:{\"a\":1}", "1:{\"b\":{\"c\":[]}}", "2:{\"ü\":3}", "3:{}"),
                texts(split("{\"a\":1}\n\n{\"b\":{\"c\":[]}}\r\n{\"ü\":3}{}\n")));
    }

    @Test
    void aSingleObjectIsOneEventAlsoOverSeveralLines() throws UnreadableException {
        assertEquals(List.of("0:{\n \"a\": 1\n}"), texts(split("{\n \"a\": 1\n}")));
    }

    @Test
    void aMalformedLineIsAProblemOfItsOwn() throws UnreadableException {
        SplitEvents split = split("{\"a\":1}\n{oops\n{\"b\":2}\n17\n");

        assertEquals(List.of("0:{\"a\":1}", "2:{\"b\":2}"), texts(split));
        assertEquals(
                List.of(1, 3),
                split.problems().stream().map(SplitEvents.Problem::index).toList());
    }

    @Test
    void whatIsNoObjectInAnArrayIsAProblemOfItsOwn() throws UnreadableException {
        SplitEvents split = split("[1,{\"a\":1},\"x\",[{}],null]");

        assertEquals(List.of("1:{\"a\":1}"), texts(split));
        assertEquals(
                List.of(0, 2, 3, 4),
                split.problems().stream().map(SplitEvents.Problem::index).toList());
    }

    @Test
    void whatCannotBeReadIsRefused() {
        for (String body : List.of("", "  ", "no json", "[{\"a\":1},", "[{}] {}", "{\"logs\":[{},", "\u0000")) {
            assertThrows(UnreadableException.class, () -> split(body), body);
        }
    }

    @Test
    void tooManyEventsAreRefused() {
        for (String body : List.of("[{},{},{},{},{},{}]", "{}\n{}\n{}\n{}\n{}\n{}\n", "{\"logs\":[1,2,3,4,5,6]}")) {
            assertTrue(assertThrows(UnreadableException.class, () -> split(body), body)
                    .tooMany());
        }
    }
}
