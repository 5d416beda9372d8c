package io.millrace.benchmarks.scale;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.drain.Drain;
import io.millrace.benchmarks.latency.SteadyRun;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.load.Events;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
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

    /** @param server where the shards live */
    private record Case(int shards, int workers, Events events, Server server) {}

    /** What a shard gives: what the machine can, or what AWS's shards give, 2 MiB and five reads a second. */
    private enum Server {
        UNLIMITED,
        READ_LIMITS
    }

    /** A server that runs, and what works on it. */
    private record Bench(LocalAws aws, Backlog backlog, Drain drain) {

        static Bench start(Server server) throws IOException, InterruptedException {
            String maxBytes = Long.toString(2L << 30);
            LocalAws aws = server == Server.READ_LIMITS
                    ? LocalAws.start(SERVER_JVM, "--max-bytes", maxBytes, "--read-limits")
                    : LocalAws.start(SERVER_JVM, "--max-bytes", maxBytes);
            return new Bench(aws, new Backlog(aws), new Drain(aws, Loader.LARGE_JVM));
        }

        void close() {
            drain.close();
            backlog.close();
            aws.close();
        }
    }

    private static final List<String> SERVER_JVM = List.of("-Xmx4g");

    private static final Map<String, Case> CASES = allCases();

    private final long events;
    private final Map<Server, Bench> benches = new EnumMap<>(Server.class);
    private int run;

    public ScaleBenchmark(Options options) {
        this.events = options.events() > 0 ? options.events() : EVENTS;
    }

    private static Map<String, Case> allCases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        for (int shards : List.of(1, 2, 4, 8, 16)) {
            cases.put(shards + "-shards", new Case(shards, 1, Events.usual(), Server.UNLIMITED));
        }
        for (int shards : List.of(4, 8, 16)) {
            cases.put(shards + "-shards-read-limits", new Case(shards, 1, Events.usual(), Server.READ_LIMITS));
        }
        for (int workers : List.of(2, 4)) {
            cases.put("4-shards-" + workers + "-workers", new Case(4, workers, Events.usual(), Server.UNLIMITED));
        }
        cases.put("1-shard-10000-partitions", new Case(1, 1, new Events(500, 20, 300), Server.UNLIMITED));
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
        Bench bench = benches.get(what.server());
        if (bench == null) {
            bench = Bench.start(what.server());
            benches.put(what.server(), bench);
            bench.drain().run(Loader.OURS, job(what));
        }
        Sample drained = bench.drain().run(Loader.OURS, job(what));
        Sample steady = new SteadyRun(bench.aws(), bench.backlog())
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
                "scale-" + run++, what.events(), share, counted, 1, what.shards(), what.workers(), DRAIN_FLUSH);
    }

    @Override
    public void close() {
        benches.values().forEach(Bench::close);
    }
}
