package io.millrace.benchmarks.drain;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Comparison;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.load.Events;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A backlog of events, in four shards unless told otherwise, until all are in S3. */
public final class DrainBenchmark implements Benchmark {

    private static final int SHARDS = 4;
    private static final long EVENTS = 1_000_000;
    /** So many times as many come first: until then the JVM's compilers take a core for themselves. */
    private static final int WARM_UP_TIMES = 4;

    private static final String SINGLE = "single";
    private static final String AGGREGATED = "aggregated";

    /** The KPL's aggregates are up to 50 KiB unless told otherwise (AggregationMaxSize). */
    private static final int TOGETHER = 150;

    private static final Duration FLUSH = Duration.ofSeconds(2);

    private static final List<String> SERVER_JVM = List.of("-Xmx4g");

    private final List<String> contenders;
    private final List<String> jvm;
    private final long events;
    private final int shards;
    private final LocalAws aws;
    private final Drain drain;
    private int run;

    public DrainBenchmark(Options options) throws IOException, InterruptedException {
        this.contenders = options.chosen(Stream.of(Loader.values())
                .filter(loader -> loader != Loader.KCL_DEFAULTS)
                .map(Loader::title)
                .toList());
        this.events = options.events() > 0 ? options.events() : EVENTS;
        this.shards = options.number("--shards", SHARDS);
        this.jvm = options.jvm("--jvm", Loader.LARGE_JVM);
        this.aws = LocalAws.start(SERVER_JVM, "--max-bytes", Long.toString(3L << 30));
        this.drain = new Drain(aws, jvm);
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public List<String> cases() {
        return List.of(SINGLE, AGGREGATED);
    }

    @Override
    public List<String> contenders() {
        return contenders;
    }

    @Override
    public boolean takesPart(String contender, String caseName) {
        return caseName.equals(SINGLE) || Loader.of(contender).deaggregates();
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(Comparison.more("events/s"));
    }

    @Override
    public Map<String, List<String>> jvms() {
        return Map.of("loader", jvm, "local-aws", SERVER_JVM);
    }

    @Override
    public int warmUpRounds() {
        return 0;
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        if (run == 0) { // local-aws's own warm-up
            drain.run(Loader.OURS, job(caseName));
        }
        return drain.run(Loader.of(contender), job(caseName));
    }

    private Drain.Job job(String caseName) {
        int together = caseName.equals(AGGREGATED) ? TOGETHER : 1;
        return new Drain.Job(
                "drain-" + run++, Events.usual(), WARM_UP_TIMES * events, events, together, shards, 1, FLUSH);
    }

    @Override
    public void close() {
        drain.close();
        aws.close();
    }
}
