package io.millrace.benchmarks;

import io.millrace.benchmarks.api.Benchmark;
import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.codec.CodecBenchmark;
import io.millrace.benchmarks.drain.DrainBenchmark;
import io.millrace.benchmarks.footprint.FootprintBenchmark;
import io.millrace.benchmarks.latency.LatencyBenchmark;
import io.millrace.benchmarks.localaws.LocalAwsBenchmark;
import io.millrace.benchmarks.producer.ProducerBenchmark;
import io.millrace.benchmarks.scale.ScaleBenchmark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All benchmarks by name. */
final class Catalogue {

    private interface Opener {
        Benchmark open(Options options) throws Exception;
    }

    private static final Map<String, Opener> ALL = all();

    private Catalogue() {}

    private static Map<String, Opener> all() {
        Map<String, Opener> all = new LinkedHashMap<>();
        all.put("codec", CodecBenchmark::new);
        all.put("drain", DrainBenchmark::new);
        all.put("producer", ProducerBenchmark::new);
        all.put("latency", LatencyBenchmark::new);
        all.put("footprint", FootprintBenchmark::new);
        all.put("scale", ScaleBenchmark::new);
        all.put("local-aws", LocalAwsBenchmark::new);
        return all;
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static Benchmark open(String name, Options options) throws Exception {
        return ALL.get(name).open(options);
    }
}
