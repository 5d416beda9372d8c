package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Comparison;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.loader.Loader;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Put to visible in S3 at 1,000 events a second in four shards, by how long a loader may hold events. */
public final class LatencyBenchmark implements Benchmark {

    private static final int SHARDS = 4;
    private static final int SECONDS = 30;

    private static final List<String> SERVER_JVM = List.of("-Xmx512m");

    private final List<String> contenders;
    private final LocalAws aws;
    private final Backlog backlog;
    private int run;

    public LatencyBenchmark(Options options) throws IOException, InterruptedException {
        this.contenders = options.chosen(List.of(Loader.OURS.title(), Loader.KCL.title()));
        this.aws = LocalAws.start(SERVER_JVM);
        this.backlog = new Backlog(aws);
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<String> cases() {
        return List.of("flush-1s", "flush-5s");
    }

    @Override
    public List<String> contenders() {
        return contenders;
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(Comparison.less("p99 ms"));
    }

    @Override
    public Map<String, List<String>> jvms() {
        return Map.of("loader", Loader.SMALL_JVM, "local-aws", SERVER_JVM);
    }

    /** Each run warms its loader up; local-aws is used by all. */
    @Override
    public int warmUpRounds() {
        return 0;
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        Duration flush = caseName.equals("flush-1s") ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
        return new SteadyRun(aws, backlog)
                .run(Loader.of(contender), "latency-" + run++, SteadyRun.USUAL, SHARDS, 1, flush, SECONDS);
    }

    @Override
    public void close() {
        backlog.close();
        aws.close();
    }
}
