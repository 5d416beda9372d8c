package io.millrace.benchmarks.scale;

import io.millrace.benchmarks.Benchmark;
import io.millrace.benchmarks.Options;
import io.millrace.benchmarks.Sample;
import io.millrace.benchmarks.drain.Drain;
import io.millrace.benchmarks.latency.SteadyRun;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.load.Events;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ours alone: a backlog, then a steady rate, by shards, workers and output partitions. */
public final class ScaleBenchmark implements Benchmark {

    /** For every four shards: less is drained before it says anything. */
    private static final long EVENTS = 400_000;

    private static final int SHARDS_OF_EVENTS = 4;
    /** Room for several workers to share the shards before the events that count are gone. */
    private static final int SHARING = 4;

    private static final Duration DRAIN_FLUSH = Duration.ofSeconds(2);
    private static final Duration STEADY_FLUSH = Duration.ofSeconds(1);
    private static final int STEADY_SECONDS = 15;

    private record Case(int shards, int workers, Events events) {}

    private static final List<String> SERVER_JVM = List.of("-Xmx4g");

    private static final Map<String, Case> CASES = allCases();

    private final long events;
    private final LocalAws aws;
    private final Backlog backlog;
    private final Drain drain;
    private int run;

    public ScaleBenchmark(Options options) throws IOException, InterruptedException {
        this.events = options.events() > 0 ? options.events() : EVENTS;
        this.aws = LocalAws.start(SERVER_JVM, "--max-bytes", Long.toString(2L << 30));
        this.backlog = new Backlog(aws);
        this.drain = new Drain(aws, Loader.LARGE_JVM);
    }

    private static Map<String, Case> allCases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        for (int shards : List.of(1, 2, 4, 8, 16)) {
            cases.put(shards + "-shards", new Case(shards, 1, Events.usual()));
        }
        for (int workers : List.of(2, 4)) {
            cases.put("4-shards-" + workers + "-workers", new Case(4, workers, Events.usual()));
        }
        cases.put("1-shard-10000-partitions", new Case(1, 1, new Events(500, 20, 300)));
        return cases;
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public List<String> cases() {
        return List.copyOf(CASES.keySet());
    }

    @Override
    public List<String> contenders() {
        return List.of(Loader.OURS.title());
    }

    @Override
    public Map<String, List<String>> jvms() {
        return Map.of("draining loader", Loader.LARGE_JVM, "steady loader", Loader.SMALL_JVM, "local-aws", SERVER_JVM);
    }

    @Override
    public int warmUpRounds() {
        return 0;
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        Case what = CASES.get(caseName);
        if (run == 0) {
            drain.run(Loader.OURS, job(what));
        }
        Sample drained = drain.run(Loader.OURS, job(what));
        Sample steady = new SteadyRun(aws, backlog)
                .run(
                        Loader.OURS,
                        "steady-" + run,
                        what.events(),
                        what.shards(),
                        what.workers(),
                        STEADY_FLUSH,
                        STEADY_SECONDS);
        return drained.with("events/s a shard", drained.figures().get("events/s") / what.shards())
                .with("p50 ms", steady.figures().get("p50 ms"))
                .with("p99 ms", steady.figures().get("p99 ms"));
    }

    private Drain.Job job(Case what) {
        long share = events * Math.max(1, what.shards() / SHARDS_OF_EVENTS);
        long counted = what.workers() == 1 ? share : share * SHARING;
        return new Drain.Job(
                "scale-" + run++, what.events(), share, counted, what.shards(), what.workers(), DRAIN_FLUSH);
    }

    @Override
    public void close() {
        drain.close();
        backlog.close();
        aws.close();
    }
}
