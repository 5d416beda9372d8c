package io.millrace.dashboard.lake.index;

import io.millrace.dashboard.util.Repeater;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The threads that look into buckets, several at a time, for S3 answers slowly but to many at once. */
public final class IndexerThreads implements AutoCloseable {

    private static final int THREADS = 4;
    private static final long MAX_WAIT_MILLIS = 1_000;
    private static final Duration BUCKETS = Duration.ofSeconds(10);
    private static final Duration BREATH = Duration.ofMillis(1);

    private final Indexer indexer;
    private final List<Repeater> threads = new ArrayList<>();

    public IndexerThreads(Indexer indexer, Supplier<List<String>> bucketNames) {
        this.indexer = indexer;
        threads.add(new Repeater("dashboard-buckets", BUCKETS, () -> indexer.setBuckets(bucketNames.get())));
        for (int i = 1; i <= THREADS; i++) {
            threads.add(new Repeater("dashboard-index-" + i, BREATH, this::visitAllDue));
        }
    }

    public void start() {
        threads.forEach(Repeater::start);
    }

    private void visitAllDue() {
        while (indexer.visitOne()) {
            // As long as a folder is due.
        }
        try {
            indexer.await(MAX_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.forEach(Repeater::close);
    }
}
