package io.millrace.benchmarks.drain;

import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.load.Events;
import io.millrace.benchmarks.load.Lake;
import io.millrace.benchmarks.load.Leases;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Puts a backlog and lets loaders bring it to S3, until all is there and, where the loader has checkpoints, checkpointed;
 * then every event is looked for. What counts begins when the loader has brought the warm-up's share of the backlog, and
 * several have shared the shards: they run for weeks, and their first seconds would be most of what is measured. One local-aws serves all runs.
 */
public final class Drain implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final long START_LOOK_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** A loader that brings nothing for so long has lost what is missing. */
    private static final Duration STALLED = Duration.ofSeconds(30);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** A look walks over all objects: with many it would take the processors from what is measured. */
    private static final int LOOKS = 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LocalAws aws;
    private final List<String> jvm;
    private final Backlog backlog;
    private final Leases leases;

    /**
     * What is to be brought, and by how many.
     *
     * @param name of the stream, the bucket and the lease table: a new one each time
     * @param warmUp events that come before those that count
     * @param count events that count
     * @param together events that share a record, in the KPL's format; 1: each is a record of its own
     */
    public record Job(
            String name,
            Events events,
            long warmUp,
            long count,
            int together,
            int shards,
            int workers,
            Duration flush) {

        long all() {
            return warmUp + count;
        }
    }

    /** What was spent up to some moment. */
    private record Spent(long nanos, long bytes, double loaders, double server, long puts) {}

    /** @param jvm of each loader */
    public Drain(LocalAws aws, List<String> jvm) {
        this.aws = aws;
        this.jvm = jvm;
        this.backlog = new Backlog(aws);
        this.leases = new Leases(aws);
    }

    /** @throws IllegalStateException where ours loses or doubles an event */
    public Sample run(Loader loader, Job job) throws Exception {
        List<String> shards = backlog.createStream(job.name(), job.shards());
        Lake lake = new Lake(aws.createBucket(job.name()));
        Backlog.Put put = backlog.put(job.name(), job.events(), job.all(), job.together());
        Loader.Setup setup = Loader.Setup.large(job.name(), shards, job.flush(), job.together() > 1, jvm);
        List<JavaProcess> workers = new ArrayList<>();
        try {
            for (int i = 0; i < job.workers(); i++) {
                workers.add(loader.start(aws, setup.as("worker-" + i)));
            }
            awaitFirst(workers);
            Sample sample = measure(loader, job, workers, lake, put);
            workers.forEach(JavaProcess::close);
            Lake.Audit audit = lake.audit(job.all());
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

    private static void awaitFirst(List<JavaProcess> workers) throws InterruptedException {
        long began = System.nanoTime();
        while (workers.stream().allMatch(worker -> worker.count(Loader.STARTED) == 0)) {
            workers.forEach(JavaProcess::requireAlive);
            if (System.nanoTime() - began > START_PATIENCE.toNanos()) {
                throw new IllegalStateException("no worker has begun to read within " + START_PATIENCE);
            }
            Thread.sleep(START_LOOK_MILLIS);
        }
    }

    private Sample measure(Loader loader, Job job, List<JavaProcess> workers, Lake lake, Backlog.Put put)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        long warmBytes = put.bytes() / job.all() * job.warmUp();
        Spent from = spent(workers, lake.bytes());
        Spent to = from;
        boolean warm = false;
        boolean done = false;
        while (!done && System.nanoTime() - to.nanos() < STALLED.toNanos()) {
            requireWork(loader, workers, began, put);
            long looked = THREADS.getCurrentThreadCpuTime();
            long bytes = lake.bytes();
            done = bytes >= put.bytes() && (!loader.checkpoints() || leases.haveReached(job.name(), put.last()));
            to = done || bytes > to.bytes() ? spent(workers, bytes) : to;
            if (!warm && bytes >= warmBytes && (job.workers() == 1 || leases.areSpread(job.name(), job.workers()))) {
                from = to;
                warm = true;
            }
            TimeUnit.NANOSECONDS.sleep(Math.max(LOOK_NANOS, (THREADS.getCurrentThreadCpuTime() - looked) * LOOKS));
        }
        if (!done) {
            tellStop(loader, workers.get(0), to, put);
        }
        from = warm ? from : to; // nothing that counts: no rate, which is NaN
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        double events = (double) (to.bytes() - from.bytes()) / put.bytes() * job.all();
        double loaders = to.loaders() - from.loaders();
        double served = to.server() - from.server();
        return Sample.of()
                .with("events/s", events / seconds)
                .with("CPU s/million", loaders / events * 1e6)
                .with("local-aws CPU s/million", served / events * 1e6)
                .with("cores used", (loaders + served) / seconds)
                .with("S3 puts", (double) (to.puts() - from.puts()))
                .with(
                        "from cold, events/s",
                        (double) to.bytes() / put.bytes() * job.all() / ((to.nanos() - began) / 1e9))
                .with(
                        "peak MB",
                        workers.stream()
                                .mapToDouble(w -> w.usage().peakMegabytes())
                                .sum());
    }

    private Spent spent(List<JavaProcess> workers, long bytes) throws IOException, InterruptedException {
        return new Spent(System.nanoTime(), bytes, cpu(workers), aws.usage().cpuSeconds(), aws.puts());
    }

    private static void requireWork(Loader loader, List<JavaProcess> workers, long began, Backlog.Put put) {
        if (System.nanoTime() - began > PATIENCE.toNanos()) {
            throw new IllegalStateException(
                    loader.title() + " has not brought all " + put.bytes() + " bytes within " + PATIENCE);
        }
        workers.forEach(JavaProcess::requireAlive);
    }

    private static void tellStop(Loader loader, JavaProcess worker, Spent last, Backlog.Put put) {
        String what = loader.title() + " has stopped at " + last.bytes() + " of " + put.bytes() + " bytes";
        if (loader == Loader.OURS) {
            throw new IllegalStateException(what);
        }
        System.err.printf("%s, its last lines:%n%s%n", what, worker.lastLines()); // the audit says what is missing
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
