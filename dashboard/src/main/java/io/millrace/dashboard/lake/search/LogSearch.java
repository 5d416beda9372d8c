package io.millrace.dashboard.lake.search;

import io.millrace.dashboard.event.FieldNames;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.content.ScanBudget;
import io.millrace.dashboard.lake.content.ScanBudget.Limit;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.lake.index.ReadCounts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Searches the lake: hour after hour, object after object, line after line, until enough is found, all was looked at, or a
 * bound is reached. The answer says which, and has a cursor to go on with. Thread-safe.
 */
public final class LogSearch {

    static final Duration MAX_TIME = Duration.ofSeconds(8);
    static final long MAX_BYTES = 256L << 20;

    private final ObjectStore store;
    private final HourFolders folders;
    private final FieldNames names;
    private final ReadCounts readCounts;
    private final Executor executor;
    private final InstantSource clock;
    private final long maxBytes;

    /** @param names where events name their service and hold their time */
    public LogSearch(
            ObjectStore store,
            Indexer indexer,
            FieldNames names,
            ReadCounts readCounts,
            Executor executor,
            InstantSource clock) {
        this(store, indexer, names, readCounts, executor, clock, MAX_BYTES);
    }

    LogSearch(
            ObjectStore store,
            Indexer indexer,
            FieldNames names,
            ReadCounts readCounts,
            Executor executor,
            InstantSource clock,
            long maxBytes) {
        this.store = store;
        this.names = names;
        this.folders = new HourFolders(store, indexer);
        this.readCounts = readCounts;
        this.executor = executor;
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    public SearchResult search(LogQuery query) {
        ScanBudget budget = new ScanBudget(clock, MAX_TIME, maxBytes);
        SearchRun run = new SearchRun(query, names, budget, readCounts);
        Iterator<HourFolder> hours = folders.find(query, budget::isLate);
        Optional<SearchCursor> start = query.cursor();
        while (hours.hasNext()) {
            HourFolder hour = hours.next();
            if (start.isPresent() && isBefore(hour, start.get(), query)) {
                continue;
            }
            Optional<SearchCursor> within =
                    start.filter(cursor -> cursor.folder().equals(hour.prefix()));
            start = Optional.empty();
            if (within.isPresent() && within.get().isAfterFolder()) {
                continue;
            }
            Optional<SearchCursor> stoppedAt = searchHour(run, query, hour, within);
            if (stoppedAt.isPresent()) {
                return run.result(run.isFull() ? "limit" : name(budget.reached()), stoppedAt);
            }
        }
        // The walk over folders ends early where it becomes late.
        return budget.isLate()
                ? run.result(name(Limit.TIME), run.resumeAfterLastHour())
                : run.result("end", Optional.empty());
    }

    /** Where it stopped; empty where the hour was done. */
    private Optional<SearchCursor> searchHour(
            SearchRun run, LogQuery query, HourFolder hour, Optional<SearchCursor> start) {
        run.enter(hour);
        String firstKey = start.map(SearchCursor::key).orElse("");
        long firstLine = start.map(SearchCursor::line).orElse(0L);
        try (ObjectFeed feed =
                new ObjectFeed(store, executor, query.bucket(), hour.prefix(), firstKey, firstLine >= 0)) {
            for (ObjectFeed.Item item = feed.next(); item != null; item = feed.next()) {
                Optional<SearchCursor> stoppedAt = run.searchObject(hour, item, firstLine);
                firstLine = 0;
                if (stoppedAt.isPresent()) {
                    return stoppedAt;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBefore(HourFolder hour, SearchCursor cursor, LogQuery query) {
        return HourFolders.order(query).compare(hour, new HourFolder(cursor.folder(), "", cursor.hour())) < 0;
    }

    private static String name(Limit limit) {
        return limit.name().toLowerCase(Locale.ROOT);
    }
}
