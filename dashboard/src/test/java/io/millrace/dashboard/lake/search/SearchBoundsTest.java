package io.millrace.dashboard.lake.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.event.EventFilter;
import io.millrace.dashboard.event.FieldNames;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.lake.index.ReadCounts;
import io.millrace.dashboard.testing.FakeStore;
import io.millrace.dashboard.testing.Lake;
import io.millrace.dashboard.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A search ends at the end, at its limit, or at a bound of time or bytes; it says which, and goes on from there. */
class SearchBoundsTest {

    private static final int OBJECTS = 6;
    private static final int LINES = 10;

    private final TestClock clock = new TestClock();
    private final FakeStore store = new FakeStore();

    private LogSearch search(long maxBytes) {
        Indexer indexer = new Indexer(store, 1000, 10, 1000, clock);
        return new LogSearch(
                store, indexer, FieldNames.STANDARD, new ReadCounts(indexer), Runnable::run, clock, maxBytes);
    }

    private byte[] lines(int object) {
        return IntStream.range(0, LINES)
                .mapToObj(
                        i -> Lake.event("api", "2025-11-09T13:0" + object + ":0" + i + "Z", "INFO", "line " + i) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private void fill(Duration timeToRead) {
        for (int i = 0; i < OBJECTS; i++) {
            byte[] content = lines(i);
            store.put(
                    Lake.folder("api", "2025-11-09T13") + "part-" + i, content.length, () -> slow(content, timeToRead));
        }
    }

    private InputStream slow(byte[] content, Duration time) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (pos == 0) {
                    clock.advance(time);
                }
                return super.read(into, offset, length);
            }
        };
    }

    private static LogQuery query(int limit, String cursor) {
        return new LogQuery(
                "lake",
                "api",
                Instant.parse("2025-11-09T13:00:00Z"),
                Instant.parse("2025-11-09T14:00:00Z"),
                EventFilter.ALL,
                true,
                limit,
                Optional.ofNullable(cursor).map(SearchCursor::decode));
    }

    /** Follows the cursors to the end and returns how many events there were. */
    private int followed(LogSearch search, int limit, String expectedStop) {
        int events = 0;
        String cursor = null;
        for (int round = 0; round < 100; round++) {
            SearchResult result = search.search(query(limit, cursor));
            events += result.events().size();
            if (result.stopped().equals("end")) {
                assertNull(result.cursor());
                assertTrue(round > 0, "it never stopped");
                return events;
            }
            assertEquals(expectedStop, result.stopped());
            assertNotNull(result.cursor());
            assertTrue(result.scanned().lines() > 0, "no headway");
            cursor = result.cursor();
        }
        throw new AssertionError("no end");
    }

    @Test
    void atTheLimit() {
        fill(Duration.ZERO);
        assertEquals(OBJECTS * LINES, followed(search(1 << 20), 7, "limit"));
    }

    @Test
    void atTheBoundOfBytes() {
        fill(Duration.ZERO);
        assertEquals(OBJECTS * LINES, followed(search(lines(0).length + 10L), 1000, "bytes"));
    }

    @Test
    void atTheBoundOfTime() {
        fill(Duration.ofSeconds(3));
        assertEquals(OBJECTS * LINES, followed(search(1 << 20), 1000, "time"));
    }

    @Test
    void atTheEnd() {
        fill(Duration.ZERO);
        SearchResult result = search(1 << 20).search(query(1000, null));
        assertEquals("end", result.stopped());
        assertEquals(OBJECTS * LINES, result.events().size());
        assertEquals(OBJECTS, result.scanned().objects());
        assertEquals(OBJECTS * LINES, result.scanned().lines());
    }
}
