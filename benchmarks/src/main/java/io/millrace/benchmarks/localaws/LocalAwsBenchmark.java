package io.millrace.benchmarks.localaws;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts and gets records of 300 bytes at several numbers of records held: the rates must not fall as the store fills.
 * Server and client are two processes on the same machine, with HTTP between them.
 */
public final class LocalAwsBenchmark implements Benchmark {

    private static final long PUT_RECORDS = 400_000;
    private static final long GET_RECORDS = 800_000;
    private static final long WARM_UP_RECORDS = 1_000_000;

    private final Map<String, Long> levels = new LinkedHashMap<>();
    private final List<String> serverJvm;
    private final LocalAws aws;
    private final Load load;
    private int streams;

    public LocalAwsBenchmark(Options options) throws IOException, InterruptedException {
        for (String level : options.text("--held", "10000,1000000,10000000").split(",")) {
            levels.put("held-" + level, Long.parseLong(level));
        }
        this.serverJvm = options.jvm("--server-jvm", List.of("-Xmx6g"));
        this.aws = LocalAws.start(serverJvm, "--max-bytes", String.valueOf(5L << 30));
        this.load = new Load(aws, options.number("--threads", 4));
    }

    @Override
    public String name() {
        return "local-aws";
    }

    @Override
    public List<String> cases() {
        return List.copyOf(levels.keySet());
    }

    @Override
    public List<String> contenders() {
        return List.of("local-aws");
    }

    /** The client is this process. */
    @Override
    public Map<String, List<String>> jvms() {
        return Map.of("local-aws", serverJvm);
    }

    /** Server and client are the same throughout, and warmed up before the first run. */
    @Override
    public int warmUpRounds() {
        return 0;
    }

    @Override
    public Sample measure(String caseName, String contender) throws Exception {
        if (streams == 0) {
            String warmUp = filled(WARM_UP_RECORDS);
            load.get(warmUp, WARM_UP_RECORDS);
            load.deleteStream(warmUp);
        }
        long level = levels.get(caseName);
        String stream = filled(level);
        String full = stream;
        Measurement gets = Measurement.NONE.and(aws, () -> load.get(full, GET_RECORDS));
        Measurement puts = Measurement.NONE;
        while (puts.records() < PUT_RECORDS) {
            if (puts.records() > 0) { // what was put would soon be most of what is held
                load.deleteStream(stream);
                stream = filled(level);
            }
            String current = stream;
            puts = puts.and(aws, () -> load.put(current, Math.min(level, PUT_RECORDS)));
        }
        load.deleteStream(stream);
        return gets.to(puts.to(Sample.of(), "put"), "get");
    }

    private String filled(long records) throws Exception {
        String stream = "benchmark-" + streams++;
        load.createStream(stream);
        load.put(stream, records);
        return stream;
    }

    @Override
    public void close() {
        load.close();
        aws.close();
    }
}
