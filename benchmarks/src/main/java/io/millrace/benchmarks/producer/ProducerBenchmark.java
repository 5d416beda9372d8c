package io.millrace.benchmarks.producer;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Comparison;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.load.Backlog;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.LocalAws;
import io.millrace.benchmarks.process.TrustStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sends the same events by each contender to one local-aws, over TLS, as fast as it goes and then at a rate. Each contender
 * is a process of its own that stays warm from run to run.
 */
public final class ProducerBenchmark implements Benchmark {

    private static final int SHARDS = 4;
    private static final int EVENTS = 500_000;
    private static final int PER_SECOND = 5_000;
    private static final int PACED_SECONDS = 5;
    /** The parallel and G1 collectors need more room to keep out of the way on two processors. */
    private static final List<String> JVM = List.of("-Xmx128m", "-XX:+UseSerialGC");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Options options;
    private final List<String> contenders;
    private final List<String> jvm;
    private final List<String> serverJvm;
    private final LocalAws aws;
    private final TrustStore trust;
    private final Backlog backlog;
    private final Map<String, Running> running = new HashMap<>();

    /** A contender's process and how many commands it was given. */
    private static final class Running {
        private final JavaProcess process;
        private int commands;

        Running(JavaProcess process) {
            this.process = process;
        }

        /** @return nanoseconds in all, p50 and p99 */
        long[] command(String line) throws IOException, InterruptedException {
            commands++;
            process.say(line);
            String answer = process.await("^" + SenderProcess.DONE + commands + " (.*)", PATIENCE);
            return Stream.of(answer.split(" ")).mapToLong(Long::parseLong).toArray();
        }
    }

    public ProducerBenchmark(Options options) throws IOException, InterruptedException {
        this.options = options;
        this.contenders =
                options.chosen(Stream.of(Contender.values()).map(c -> c.title).toList());
        this.jvm = options.jvm("--jvm", JVM);
        this.serverJvm = options.jvm("--server-jvm", List.of("-Xmx2g"));
        this.aws = LocalAws.start(serverJvm, "--tls-port", "0", "--max-bytes", String.valueOf(768L << 20));
        this.trust = TrustStore.of(aws.tlsEndpoint());
        this.backlog = new Backlog(aws);
    }

    @Override
    public String name() {
        return "producer";
    }

    @Override
    public List<String> contenders() {
        return contenders;
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(Comparison.more("events/s"), Comparison.less("peak MB").named("memory"));
    }

    @Override
    public Map<String, List<String>> jvms() {
        return Map.of("contender", jvm, "local-aws", serverJvm);
    }

    /** Aggregation with aggregation. */
    @Override
    public String ours(String contender) {
        if (contender.startsWith(Contender.OURS.title)) {
            return contender;
        }
        boolean aggregates = contender.equals(Contender.KPL_AGGREGATED.title);
        return aggregates && contenders.contains(Contender.OURS_AGGREGATED.title)
                ? Contender.OURS_AGGREGATED.title
                : Contender.OURS.title;
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        if (!running.containsKey(contender)) {
            running.put(contender, start(contender));
        }
        Running sender = running.get(contender);
        double events = options.events() > 0 ? options.events() : EVENTS;
        int perSecond = options.number("--rate", PER_SECOND);
        double cpu = sender.process.usage().cpuSeconds();
        double server = aws.usage().cpuSeconds();
        long[] fast = sender.command("run " + (int) events);
        cpu = sender.process.usage().cpuSeconds() - cpu;
        server = aws.usage().cpuSeconds() - server;
        long[] paced = sender.command(
                "pace " + perSecond * options.number("--paced-seconds", PACED_SECONDS) + " " + perSecond);
        return Sample.of()
                .with("events/s", events * 1e9 / fast[0])
                .with("CPU s/million", cpu / events * 1e6)
                .with("local-aws CPU s/million", server / events * 1e6)
                .with("peak MB", sender.process.usage().peakMegabytes())
                .with("p50 ms", paced[1] / 1e6)
                .with("p99 ms", paced[2] / 1e6);
    }

    private Running start(String contender) throws IOException, InterruptedException {
        backlog.createStream(contender, SHARDS);
        List<String> all = new ArrayList<>(jvm);
        all.addAll(trust.jvm());
        return new Running(JavaProcess.main(
                SenderProcess.class.getName(),
                all,
                aws.environment(),
                contender,
                aws.tlsEndpoint().toString(),
                contender));
    }

    @Override
    public void close() {
        running.values().forEach(sender -> sender.process.close());
        backlog.close();
        trust.close();
        aws.close();
    }
}
