package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.load.Events;
import io.millrace.benchmarks.load.Lake;
import io.millrace.benchmarks.load.Trickle;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.LocalAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A thousand events a second through a loader, and how long after its put each lay in S3. */
public final class SteadyRun {

    public static final int PER_SECOND = 1_000;

    public static final Events USUAL = new Events(20, 1, 300);

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final int WARM_UP_SECONDS = 15;
    private static final Duration END_PATIENCE = Duration.ofMinutes(1);

    private final LocalAws aws;
    private final Backlog backlog;

    public SteadyRun(LocalAws aws, Backlog backlog) {
        this.aws = aws;
        this.backlog = backlog;
    }

    /**
     * Measures once.
     *
     * @param name of the stream, the bucket and the lease table: a new one each time
     * @param seconds that count, after a warm-up
     */
    public Sample run(
            Loader loader, String name, Events events, int shardCount, int workerCount, Duration flush, int seconds)
            throws Exception {
        List<String> shards = backlog.createStream(name, shardCount);
        Lake lake = new Lake(aws.createBucket(name));
        Loader.Setup setup = Loader.Setup.small(name, shards, flush);
        List<JavaProcess> workers = new ArrayList<>();
        Trickle trickle = new Trickle(backlog, name, events, 0, PER_SECOND);
        try {
            for (int i = 0; i < workerCount; i++) {
                workers.add(loader.start(aws, setup.as("worker-" + i)));
            }
            workers.get(0).await(Loader.STARTED, START_PATIENCE);
            trickle.start();
            Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS + seconds).toMillis());
            double megabytes =
                    workers.stream().mapToDouble(w -> w.usage().megabytes()).sum();
            long put = trickle.stop();
            lake.awaitAll(put, END_PATIENCE, () -> workers.forEach(JavaProcess::requireAlive));
            workers.forEach(JavaProcess::close);
            double[] latencies = trickle.latencies(lake, WARM_UP_SECONDS);
            return Sample.of()
                    .with("p50 ms", Trickle.quantile(latencies, 0.5))
                    .with("p99 ms", Trickle.quantile(latencies, 0.99))
                    .with("p99.9 ms", Trickle.quantile(latencies, 0.999))
                    .with("resident MB", megabytes);
        } finally {
            trickle.stop();
            workers.forEach(JavaProcess::close);
            backlog.deleteStream(name);
            lake.clear();
        }
    }
}
