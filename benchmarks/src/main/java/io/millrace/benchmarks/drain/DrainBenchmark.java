package io.millrace.benchmarks.drain;

import io.millrace.benchmarks.Benchmark;
import io.millrace.benchmarks.Options;
import io.millrace.benchmarks.Sample;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.load.Events;
import io.millrace.benchmarks.load.Lake;
import io.millrace.benchmarks.load.Leases;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A backlog of events in four shards, from the moment the loader begins to read until all are in S3 and, where the loader
 * has checkpoints, checkpointed; then every event is looked for. One local-aws, a process of its own, serves all runs.
 */
public final class DrainBenchmark implements Benchmark {

    private static final int SHARDS = 4;
    private static final long EVENTS = 1_000_000;
    private static final Duration FLUSH = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final List<String> contenders;
    private final long events;
    private final LocalAws aws;
    private final Backlog backlog;
    private final Leases leases;
    private int run;

    public DrainBenchmark(Options options) throws IOException, InterruptedException {
        this.contenders = options.chosen(
                List.of(Loader.values()).stream().map(Loader::title).toList());
        this.events = options.events() > 0 ? options.events() : EVENTS;
        this.aws = LocalAws.start(List.of("-Xmx3g"), "--max-bytes", Long.toString(1L << 30));
        this.backlog = new Backlog(aws);
        this.leases = new Leases(aws);
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public List<String> contenders() {
        return contenders;
    }

    @Override
    public String comparedBy() {
        return "events/s";
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        Loader loader = Loader.of(contender);
        String name = "drain-" + ++run;
        List<String> shards = backlog.createStream(name, SHARDS);
        Lake lake = aws.createBucket(name);
        Backlog.Put put = backlog.put(name, Events.usual(), events);
        try (JavaProcess process = loader.start(aws, name, FLUSH, shards)) {
            process.await(Loader.STARTED, START_PATIENCE);
            long puts = aws.puts();
            long start = System.nanoTime();
            double cpu = process.usage().cpuSeconds();
            double server = aws.usage().cpuSeconds();
            awaitAll(loader, process, name, lake, put, start);
            double seconds = (System.nanoTime() - start) / 1e9;
            double millions = events / 1e6;
            Sample sample = Sample.of()
                    .with("events/s", events / seconds)
                    .with("CPU s/million", (process.usage().cpuSeconds() - cpu) / millions)
                    .with("local-aws CPU s/million", (aws.usage().cpuSeconds() - server) / millions)
                    .with("S3 puts", (double) (aws.puts() - puts))
                    .with("peak MB", process.usage().peakMegabytes());
            process.close();
            Lake.Audit audit = lake.audit(events);
            if (loader == Loader.OURS && (audit.lost() > 0 || audit.doubled() > 0)) {
                throw new IllegalStateException("not exactly once: " + audit);
            }
            return sample.with("lost", (double) audit.lost()).with("doubled", (double) audit.doubled());
        } finally {
            backlog.deleteStream(name);
            lake.clear();
        }
    }

    private void awaitAll(Loader loader, JavaProcess process, String name, Lake lake, Backlog.Put put, long start)
            throws IOException, InterruptedException {
        while (lake.bytes() < put.bytes() || (loader.checkpoints() && !leases.haveReached(name, put.last()))) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(loader.title() + " has brought " + lake.bytes() + " of " + put.bytes()
                        + " bytes within " + PATIENCE);
            }
            process.requireAlive();
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        leases.close();
        backlog.close();
        aws.close();
    }
}
