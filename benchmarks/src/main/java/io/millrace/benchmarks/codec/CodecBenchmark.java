package io.millrace.benchmarks.codec;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Comparison;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.load.Events;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one core does of the consumer's work between Kinesis and S3. A run is a JMH fork: its own JVM, one thread and the
 * serial collector, warmed up; rates are by processor time, the collector's included, so other processes hardly matter.
 */
public final class CodecBenchmark implements Benchmark {

    /** By number and not by time, so that a busy machine has no effect; compiled in the foreground, likewise. */
    private static final int WARM_UP_BATCHES = 150;

    private static final int BATCHES = 100;

    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-Xbatch");

    private final List<String> contenders;
    private final List<String> cases;

    public CodecBenchmark(Options options) throws IOException {
        this.contenders = options.chosen(List.of("ours", "jackson-tree", "jackson-record"));
        this.cases = Events.real().isEmpty() ? List.of("generated") : List.of("real", "generated");
    }

    @Override
    public String name() {
        return "codec";
    }

    @Override
    public List<String> cases() {
        return cases;
    }

    @Override
    public List<String> contenders() {
        return contenders;
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(Comparison.more("MB/s"));
    }

    @Override
    public Map<String, List<String>> jvms() {
        return Map.of("contender", JVM);
    }

    /** A fork warms itself up. */
    @Override
    public int warmUpRounds() {
        return 0;
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        var options = new OptionsBuilder()
                .include("\\.CodecForks\\.run$")
                .param("contender", contender)
                .param("data", caseName)
                .forks(1)
                .mode(Mode.SingleShotTime)
                .warmupIterations(1)
                .warmupBatchSize(WARM_UP_BATCHES)
                .measurementIterations(1)
                .measurementBatchSize(BATCHES)
                .jvmArgs(JVM.toArray(String[]::new))
                .jvmArgsAppend("-Dmillrace.root=" + Options.root())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        RunResult result = results.iterator().next();
        double cpuNanos = sum(result, "cpuNanos");
        double events = sum(result, "events");
        return Sample.of()
                .with("MB/s", sum(result, "bytes") * 1e3 / cpuNanos)
                .with("events/s", events * 1e9 / cpuNanos)
                .with("allocated B/event", allocated(result) / events); // JMH counts a whole measurement as one
    }

    private static double sum(RunResult result, String counter) {
        double sum = 0;
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                sum += iteration.getSecondaryResults().get(counter).getScore();
            }
        }
        return sum;
    }

    private static double allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        throw new IllegalStateException("JMH's gc profiler has told no allocation rate");
    }
}
