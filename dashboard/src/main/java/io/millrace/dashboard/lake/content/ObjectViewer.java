package io.millrace.dashboard.lake.content;

import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.OpenObject;
import io.millrace.dashboard.lake.index.ReadCounts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Shows an object a page of lines at a time. A page costs reading from the start up to it. Thread-safe. */
public final class ObjectViewer {

    static final Duration MAX_TIME = Duration.ofSeconds(10);
    static final long MAX_BYTES = 256L << 20;

    /** Bounds the answer, for a thousand lines may have 64 KiB each. */
    static final int MAX_CHARS = 4 << 20;

    private final ObjectStore store;
    private final ReadCounts readCounts;
    private final InstantSource clock;

    public ObjectViewer(ObjectStore store, ReadCounts readCounts, InstantSource clock) {
        this.store = store;
        this.readCounts = readCounts;
        this.clock = clock;
    }

    /** The lines from {@code fromLine} on that the filter lets through, at most {@code maxLines}. */
    public ObjectView view(String bucket, String key, long fromLine, int maxLines, Predicate<String> filter) {
        OpenObject object = store.open(bucket, key);
        ScanBudget budget = new ScanBudget(clock, MAX_TIME, MAX_BYTES);
        Page page = new Page(maxLines);
        Encoding encoding = Encoding.PLAIN;
        try (InputStream stored = object.content()) {
            Encoding.Decoded decoded = Encoding.decode(stored);
            encoding = decoded.encoding();
            page.fill(new LineReader(decoded.stream(), budget), fromLine, filter, budget);
        } catch (IOException e) {
            // What was read of a broken archive, or before the connection broke, is shown.
            page.stopped = "broken";
            page.problem = String.valueOf(e.getMessage());
        }
        if (page.stopped.equals("end")) {
            readCounts.note(bucket, key, page.seen);
        }
        return new ObjectView(
                bucket,
                key,
                object.size(),
                object.lastModified(),
                object.contentType().orElse(""),
                encoding.name().toLowerCase(Locale.ROOT),
                page.lines,
                page.nextLine,
                page.stopped,
                page.problem,
                budget.bytes());
    }

    private static final class Page {
        final List<Line> lines = new ArrayList<>();
        final int maxLines;
        Long nextLine;
        String stopped = "end";
        String problem = "";
        long seen;
        private int chars;

        Page(int maxLines) {
            this.maxLines = maxLines;
        }

        void fill(LineReader reader, long fromLine, Predicate<String> filter, ScanBudget budget) throws IOException {
            for (Line line = reader.next(); line != null; line = reader.next()) {
                seen++;
                if (line.number() < fromLine || !filter.test(line.text())) {
                    continue;
                }
                if (lines.size() >= maxLines || chars + line.text().length() > MAX_CHARS) {
                    nextLine = line.number();
                    stopped = "page";
                    return;
                }
                lines.add(line);
                chars += line.text().length();
            }
            if (!reader.ended()) {
                stopped = budget.reached().name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
