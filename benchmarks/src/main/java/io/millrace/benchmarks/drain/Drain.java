package io.millrace.benchmarks.drain;

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
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a backlog and lets loaders bring it to S3: from the moment the first begins to read until all is there and, where
 * the loader has checkpoints, checkpointed; then every event is looked for. One local-aws serves all runs.
 */
public final class Drain implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 200;

    private final LocalAws aws;
    private final Backlog backlog;
    private final Leases leases;

    /**
     * What is to be brought, and by how many.
     *
     * @param name of the stream, the bucket and the lease table: a new one each time
     */
    public record Job(String name, Events events, long count, int shards, int workers, Duration flush) {}

    public Drain(LocalAws aws) {
        this.aws = aws;
        this.backlog = new Backlog(aws);
        this.leases = new Leases(aws);
    }

    /** @throws IllegalStateException where ours loses or doubles an event */
    public Sample run(Loader loader, Job job) throws Exception {
        List<String> shards = backlog.createStream(job.name(), job.shards());
        Lake lake = aws.createBucket(job.name());
        Backlog.Put put = backlog.put(job.name(), job.events(), job.count());
        Loader.Setup setup = Loader.Setup.large(job.name(), shards, job.flush());
        List<JavaProcess> workers = new ArrayList<>();
        try {
            for (int i = 0; i < job.workers(); i++) {
                workers.add(loader.start(aws, setup.as("worker-" + i)));
            }
            workers.get(0).await(Loader.STARTED, START_PATIENCE);
            Sample sample = measure(loader, job, workers, lake, put);
            workers.forEach(JavaProcess::close);
            Lake.Audit audit = lake.audit(job.count());
            if (loader == Loader.OURS && (audit.lost() > 0 || audit.doubled() > 0)) {
                throw new IllegalStateException("not exactly once: " + audit);
            }
            return sample.with("lost", (double) audit.lost()).with("doubled", (double) audit.doubled());
        } finally {
            workers.forEach(JavaProcess::close);
            backlog.deleteStream(job.name());
            lake.clear();
        }
    }

    private Sample measure(Loader loader, Job job, List<JavaProcess> workers, Lake lake, Backlog.Put put)
            throws IOException, InterruptedException {
        long puts = aws.puts();
        double cpu = cpu(workers);
        double server = aws.usage().cpuSeconds();
        long start = System.nanoTime();
        while ((loader.checkpoints() && !leases.haveReached(job.name(), put.last())) || lake.bytes() < put.bytes()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(loader.title() + " has brought " + lake.bytes() + " of " + put.bytes()
                        + " bytes within " + PATIENCE);
            }
            workers.forEach(JavaProcess::requireAlive);
            Thread.sleep(LOOK_MILLIS);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double millions = job.count() / 1e6;
        double loaders = cpu(workers) - cpu;
        double served = aws.usage().cpuSeconds() - server;
        return Sample.of()
                .with("events/s", job.count() / seconds)
                .with("CPU s/million", loaders / millions)
                .with("local-aws CPU s/million", served / millions)
                .with("cores used", (loaders + served) / seconds)
                .with("S3 puts", (double) (aws.puts() - puts))
                .with(
                        "peak MB",
                        workers.stream()
                                .mapToDouble(w -> w.usage().peakMegabytes())
                                .sum());
    }

    private static double cpu(List<JavaProcess> workers) {
        return workers.stream()
                .mapToDouble(worker -> worker.usage().cpuSeconds())
                .sum();
    }

    @Override
    public void close() {
        leases.close();
        backlog.close();
    }
}
