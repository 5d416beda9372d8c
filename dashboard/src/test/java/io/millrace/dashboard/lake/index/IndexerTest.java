package io.millrace.dashboard.lake.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.testing.FakeStore;
import io.millrace.dashboard.testing.Lake;
import io.millrace.dashboard.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexerTest {

    private static final String API = Lake.folder("api", "2025-11-09T13");
    private static final String WEB = Lake.folder("web", "2020-01-01T00");

    private final TestClock clock = new TestClock();
    private final FakeStore store = new FakeStore(clock);
    private final Indexer indexer = new Indexer(store, 1000, 10, 1000, clock);

    @Test
    void countsAllFoldersAndSaysWhileItHasNotSeenAll() {
        store.put(API + "a", new byte[5])
                .put(API + "b", new byte[50])
                .put(WEB + "c", new byte[500])
                .put("d", new byte[1]);
        indexer.setBuckets(List.of("lake"));
        assertTrue(totals().atLeast());
        indexer.visitOne();
        assertTrue(totals().atLeast());

        visitAllDue();

        assertEquals(new Counts(4, 556, 2), totals().counts());
        assertFalse(totals().atLeast());
        assertEquals(2, index().folder("service=api/").orElseThrow().counts().objects());
    }

    @Test
    void neverListsABucketWhole() {
        store.put(API + "a", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();

        assertEquals(
                List.of(
                        "",
                        "service=api/",
                        "service=api/year=2025/",
                        "service=api/year=2025/month=11/",
                        "service=api/year=2025/month=11/day=09/",
                        API),
                store.takeListed());
    }

    @Test
    void findsWhatCameAndWhatWent() {
        store.put(API + "a", new byte[5]).put(WEB + "c", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();
        store.put(API + "b", new byte[5]);
        store.delete(WEB + "c");

        clock.advance(Duration.ofSeconds(11));
        visitAllDue();

        assertEquals(2, totals().counts().objects());
        assertFalse(index().folder(WEB).isPresent());
    }

    @Test
    void looksLessOftenTheLongerNothingChanged() {
        store.put(API + "a", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();
        for (int minute = 0; minute < 600; minute++) {
            clock.advance(Duration.ofMinutes(1));
            visitAllDue();
        }
        store.takeListed();
        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            visitAllDue();
        }
        assertTrue(store.takeListed().stream().filter(API::equals).count() <= 1);
    }

    @Test
    void aFolderThatIsFoundOldIsTakenForOld() {
        store.put(API + "a", new byte[5]);
        clock.advance(Duration.ofDays(30));
        store.put(WEB + "b", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();
        store.takeListed();

        clock.advance(Duration.ofMinutes(10));
        visitAllDue();

        List<String> listed = store.takeListed();
        assertFalse(listed.contains(API), "it has not changed for a month");
        assertTrue(listed.contains(WEB), "it was written a moment ago");
    }

    @Test
    void looksMoreOftenWhileSomebodyWatches() {
        store.put(API + "a", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();
        clock.advance(Duration.ofHours(10));
        visitAllDue();
        store.takeListed();
        store.put(API + "b", new byte[5]);

        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(31));
            indexer.watch();
            visitAllDue();
        }

        assertEquals(2, totals().counts().objects());
    }

    @Test
    void anOpenedFolderIsLookedAtSoon() {
        store.put(API + "a", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();
        clock.advance(Duration.ofHours(10));
        visitAllDue();
        store.put(API + "b", new byte[5]);

        clock.advance(Duration.ofMillis(Indexer.TOUCH_MILLIS));
        indexer.touch("lake", API);
        visitAllDue();

        assertEquals(2, totals().counts().objects());
    }

    @Test
    void saysMoreThanWhereThereAreTooManyFolders() {
        Indexer small = new Indexer(store, 1000, 10, 3, clock);
        store.put("a/x", new byte[1]).put("b/x", new byte[1]).put("c/x", new byte[1]);
        small.setBuckets(List.of("lake"));
        while (small.visitOne()) {
            // All that is due.
        }
        BucketIndex.Stats stats = small.bucket("lake").orElseThrow().totals();
        assertTrue(stats.atLeast());
        assertEquals(2, stats.counts().objects());
        assertEquals(3, small.folders());
    }

    @Test
    void aBucketThatIsGoneIsForgotten() {
        store.put(API + "a", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();
        indexer.setBuckets(List.of());

        assertTrue(indexer.bucket("lake").isEmpty());
        assertEquals(0, indexer.folders());
    }

    @Test
    void eventsOfAnObjectCountOnce() {
        store.put(API + "a", new byte[5]);
        indexer.setBuckets(List.of("lake"));
        visitAllDue();
        ReadCounts counts = new ReadCounts(indexer);
        counts.note("lake", API + "a", 7);
        counts.note("lake", API + "a", 7);

        BucketIndex.Leaf leaf = index().leaves((parent, name, total) -> true).get(0);
        assertEquals(7, leaf.readEvents());
        assertEquals(1, leaf.readObjects());
    }

    private void visitAllDue() {
        // Looking again is limited in its rate, which is of no interest here.
        for (int i = 0; i < 50; i++) {
            while (indexer.visitOne()) {
                clock.advance(Duration.ofMillis(1));
            }
            clock.advance(Duration.ofMillis(1));
        }
    }

    private BucketIndex index() {
        return indexer.bucket("lake").orElseThrow();
    }

    private BucketIndex.Stats totals() {
        return index().totals();
    }
}
