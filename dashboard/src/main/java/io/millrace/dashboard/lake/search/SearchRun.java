package io.millrace.dashboard.lake.search;

import io.millrace.dashboard.event.EventFilter;
import io.millrace.dashboard.event.EventReader;
import io.millrace.dashboard.event.FieldNames;
import io.millrace.dashboard.event.ReadEvent;
import io.millrace.dashboard.lake.OpenObject;
import io.millrace.dashboard.lake.content.Encoding;
import io.millrace.dashboard.lake.content.Line;
import io.millrace.dashboard.lake.content.LineReader;
import io.millrace.dashboard.lake.content.ScanBudget;
import io.millrace.dashboard.lake.content.ScanBudget.Limit;
import io.millrace.dashboard.lake.index.ReadCounts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** One search under way: what it has found and how far it has come. Used by one thread. */
final class SearchRun {

    /** Bounds an answer's memory, for events may be long. */
    private static final int MAX_CHARS = 8 << 20;

    private final LogQuery query;
    private final EventFilter filter;
    private final EventReader reader;
    private final ScanBudget budget;
    private final ReadCounts readCounts;

    private final List<FoundEvent> found = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private HourFolder lastHour;
    private int hours;
    private int objects;
    private long lines;
    private int chars;

    SearchRun(LogQuery query, FieldNames names, ScanBudget budget, ReadCounts readCounts) {
        this.query = query;
        this.filter = query.filter();
        this.reader = new EventReader(names, filter);
        this.budget = budget;
        this.readCounts = readCounts;
    }

    void enter(HourFolder hour) {
        lastHour = hour;
        hours++;
    }

    boolean isFull() {
        return found.size() >= query.limit() || chars >= MAX_CHARS;
    }

    /** Where it stopped; empty where the object was done. */
    Optional<SearchCursor> searchObject(HourFolder hour, ObjectFeed.Item item, long firstLine) {
        if (isFull() || budget.reached() != Limit.NONE) {
            return Optional.of(new SearchCursor(hour.hour(), hour.prefix(), item.key(), firstLine));
        }
        long bytesBefore = budget.bytes();
        try (InputStream stored = open(item).content()) {
            LineReader source = new LineReader(Encoding.decode(stored).stream(), budget);
            objects++;
            long stoppedAt = searchLines(hour, item.key(), source, firstLine);
            if (stoppedAt < 0) {
                return Optional.empty();
            }
            if (!isFull() && budget.reached() == Limit.BYTES && bytesBefore == 0) {
                // Going on in it would use the whole budget up again before the first new line.
                skip(item.key(), "is larger than one search may read: searched up to line " + stoppedAt);
                return Optional.of(new SearchCursor(hour.hour(), hour.prefix(), item.key(), SearchCursor.AFTER));
            }
            return Optional.of(new SearchCursor(hour.hour(), hour.prefix(), item.key(), stoppedAt));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (IOException e) {
            skip(item.key(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The line at which it stopped; -1 where it came to the end. */
    private long searchLines(HourFolder hour, String key, LineReader source, long firstLine) throws IOException {
        long number = 0;
        for (Line line = source.next(); line != null; line = source.next()) {
            number = line.number() + 1;
            if (line.number() < firstLine) {
                continue;
            }
            if (isFull()) {
                return line.number();
            }
            lines++;
            if (filter.fitsText(line.text(), budget::isLate)) {
                look(hour, key, line);
            }
        }
        if (!source.ended()) {
            return number;
        }
        readCounts.note(query.bucket(), key, number);
        return -1;
    }

    private void look(HourFolder hour, String key, Line line) {
        ReadEvent event = reader.read(line.text());
        Optional<Instant> time = event.time();
        // Without a time of its own an event counts as of its folder's hour.
        boolean inRange = time.map(t -> !t.isBefore(query.from()) && t.isBefore(query.to()))
                .orElse(true);
        if (inRange && filter.fitsFields(event)) {
            found.add(new FoundEvent(
                    key,
                    line.number(),
                    time.orElse(null),
                    event.service().orElse(hour.service()),
                    event.level(),
                    line.text(),
                    line.cut()));
            chars += line.text().length();
        }
    }

    SearchResult result(String stopped, Optional<SearchCursor> cursor) {
        Comparator<FoundEvent> byTime =
                Comparator.comparing(FoundEvent::timestamp, Comparator.nullsFirst(Comparator.naturalOrder()));
        found.sort(query.newestFirst() ? byTime.reversed() : byTime);
        return new SearchResult(
                List.copyOf(found),
                stopped,
                cursor.map(SearchCursor::encode).orElse(null),
                new SearchResult.Scanned(
                        hours, objects, lines, budget.bytes(), lastHour == null ? null : lastHour.hour()),
                List.copyOf(skipped));
    }

    /** For a walk over folders that became late between two of them. */
    Optional<SearchCursor> resumeAfterLastHour() {
        return lastHour == null
                ? query.cursor()
                : Optional.of(new SearchCursor(lastHour.hour(), lastHour.prefix(), "", SearchCursor.AFTER));
    }

    private void skip(String key, String why) {
        if (skipped.size() < SearchResult.MAX_SKIPPED) {
            skipped.add(key + " " + why);
        }
    }

    private static OpenObject open(ObjectFeed.Item item) {
        try {
            return item.content().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException aws) {
                throw aws;
            }
            throw e;
        }
    }
}
