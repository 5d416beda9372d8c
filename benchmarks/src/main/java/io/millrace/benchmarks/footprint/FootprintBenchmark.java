package io.millrace.benchmarks.footprint;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Comparison;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.load.Events;
import io.millrace.benchmarks.load.Lake;
import io.millrace.benchmarks.load.Trickle;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A loader's life: a start beside waiting events, idleness, 1,000 events a second, and {@code kill -9} under that load, first
 * with the same worker and then with one of another name starting at that moment.
 */
public final class FootprintBenchmark implements Benchmark {

    private static final int SHARDS = 4;
    private static final int FIRST_EVENTS = 1_000;
    private static final int PER_SECOND = 1_000;
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration LOADED = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 20;
    private static final Events EVENTS = new Events(20, 1, 300);

    private static final List<String> SERVER_JVM = List.of("-Xmx512m");

    private final List<String> contenders;
    private final LocalAws aws;
    private final Backlog backlog;
    private int run;

    public FootprintBenchmark(Options options) throws IOException, InterruptedException {
        this.contenders = options.chosen(List.of(Loader.OURS.title(), Loader.KCL_DEFAULTS.title()));
        this.aws = LocalAws.start(SERVER_JVM);
        this.backlog = new Backlog(aws);
    }

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public List<String> contenders() {
        return contenders;
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(
                Comparison.less("cold start s"),
                Comparison.less("restart s").named("restart"),
                Comparison.less("recovery s").named("recovery"),
                Comparison.less("MB at 1,000/s").named("memory"));
    }

    @Override
    public Map<String, List<String>> jvms() {
        return Map.of("loader", Loader.SMALL_JVM, "local-aws", SERVER_JVM);
    }

    @Override
    public int warmUpRounds() {
        return 0;
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        Loader loader = Loader.of(contender);
        String name = "footprint-" + run++;
        List<String> shards = backlog.createStream(name, SHARDS);
        Lake lake = new Lake(aws.createBucket(name));
        backlog.put(name, EVENTS, FIRST_EVENTS, 1);
        Trickle trickle = new Trickle(backlog, name, EVENTS, FIRST_EVENTS, PER_SECOND);
        Loader.Setup setup = Loader.Setup.small(name, shards, FLUSH);
        long start = System.nanoTime();
        try (JavaProcess process = loader.start(aws, setup)) {
            awaitEvent(lake, 0, Set.of(), process, start);
            double coldStart = secondsSince(start);
            lake.awaitAll(FIRST_EVENTS, PATIENCE, process::requireAlive);
            Thread.sleep(IDLE.toMillis());
            double idle = process.usage().megabytes();
            trickle.start();
            Thread.sleep(LOADED.toMillis());
            double loaded = process.usage().megabytes();
            process.kill();
            Outage first = new Outage(lake, trickle);
            try (JavaProcess restarted = loader.start(aws, setup)) {
                double restart = first.awaitEnd(restarted);
                Thread.sleep(IDLE.toMillis());
                restarted.kill();
                Outage second = new Outage(lake, trickle);
                try (JavaProcess another = loader.start(aws, setup.as("another"))) {
                    double recovery = second.awaitEnd(another);
                    long put = FIRST_EVENTS + trickle.stop();
                    lake.awaitAll(put, PATIENCE, another::requireAlive);
                    return Sample.of()
                            .with("idle MB", idle)
                            .with("MB at 1,000/s", loaded)
                            .with("cold start s", coldStart)
                            .with("restart s", restart)
                            .with("recovery s", recovery)
                            .with("doubled", (double) lake.audit(put).doubled());
                }
            }
        } finally {
            trickle.stop();
            backlog.deleteStream(name);
            lake.clear();
        }
    }

    /** From a kill under load to the first object with an event that was put after it. */
    private static final class Outage {

        private final Lake lake;
        private final long begun = System.nanoTime();
        private final long later;
        private final Set<Path> before;

        Outage(Lake lake, Trickle trickle) throws IOException {
            this.lake = lake;
            this.later = trickle.next() + PER_SECOND / 10; // what is being put now does not count
            this.before = new HashSet<>(lake.objects());
        }

        double awaitEnd(JavaProcess next) throws IOException, InterruptedException {
            awaitEvent(lake, later, before, next, begun);
            return secondsSince(begun);
        }
    }

    private static void awaitEvent(Lake lake, long number, Set<Path> known, JavaProcess process, long start)
            throws IOException, InterruptedException {
        while (!lake.holdsFrom(number, known)) {
            process.requireAlive();
            if (secondsSince(start) > PATIENCE.toSeconds()) {
                throw new IllegalStateException("no event within " + PATIENCE);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        backlog.close();
        aws.close();
    }
}
