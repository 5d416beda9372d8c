package io.millrace.benchmarks.loader;

import io.millrace.benchmarks.api.Options;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One way to bring a stream into S3. Every setting that differs from a default stands here, or in the class it names. */
public enum Loader {

    /** Millrace's consumer, from its jar. */
    OURS("ours", true),
    /** KCL with Jackson's tree and an object per output partition of each batch: our job, done plainly. */
    KCL("kcl", true),
    /** The same, with all objects of a batch put at once. */
    KCL_AT_ONCE("kcl-at-once", true),
    /** KCL that copies each batch into one object, neither reading nor partitioning: less than our job. */
    KCL_COPY("kcl-copy", true),
    /** KCL, partitioned, with its own start-up, lease times and read interval. */
    KCL_DEFAULTS("kcl-defaults", true),
    /** Camel's streaming upload: copies into objects, neither reading nor partitioning, and without checkpoints. */
    CAMEL("camel", false),
    /** Camel with its aggregator, an object per output partition: our job, without checkpoints. */
    CAMEL_PARTITIONED("camel-partitioned", false);

    /** For a backlog, the same for all. */
    public static final List<String> LARGE_JVM = List.of("-Xmx512m");

    /** For a trickle, the same for all. */
    public static final List<String> SMALL_JVM = List.of("-Xmx192m", "-XX:+UseSerialGC");

    /**
     * How to start one.
     *
     * @param name of the stream, the bucket and the lease table
     * @param flush how old a buffered event may become
     * @param backlog whether it is to bring as much as it can, not a trickle
     * @param records the most of one read; 10,000 is Kinesis's limit (API reference, GetRecords)
     * @param worker its name among those that share the work
     */
    public record Setup(
            String name,
            List<String> shards,
            Duration flush,
            boolean backlog,
            int records,
            List<String> jvm,
            String worker) {

        private static final int MOST_RECORDS = 10_000;
        /** Of aggregates, which have 50 KiB: the 10 MB that Kinesis answers at most are too much for a heap of 512 MB. */
        private static final int MOST_AGGREGATES = 100;

        /** One worker, for a backlog. */
        public static Setup large(
                String name, List<String> shards, Duration flush, boolean aggregated, List<String> jvm) {
            int records = aggregated ? MOST_AGGREGATES : MOST_RECORDS;
            return new Setup(name, shards, flush, true, records, jvm, "worker");
        }

        /** One worker, for a trickle. */
        public static Setup small(String name, List<String> shards, Duration flush) {
            return new Setup(name, shards, flush, false, MOST_RECORDS, SMALL_JVM, "worker");
        }

        public Setup as(String otherWorker) {
            return new Setup(name, shards, flush, backlog, records, jvm, otherWorker);
        }
    }

    private final String title;
    private final boolean kcl;

    /** @param kcl whether it is built on KCL */
    Loader(String title, boolean kcl) {
        this.title = title;
        this.kcl = kcl;
    }

    public String title() {
        return title;
    }

    /** Whether its lease table says how far it is. */
    public boolean checkpoints() {
        return kcl;
    }

    /** Whether it takes the KPL's aggregates apart. */
    public boolean deaggregates() {
        return kcl;
    }

    public static Loader of(String title) {
        return List.of(values()).stream()
                .filter(loader -> loader.title.equals(title))
                .findFirst()
                .orElseThrow();
    }

    /** Starts it. */
    public JavaProcess start(LocalAws aws, Setup setup) throws IOException {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("WORKER_ID", setup.worker());
        String shards = String.join(",", setup.shards());
        return switch (this) {
            case OURS -> ours(environment, setup);
            case KCL -> main(KclLoader.class, environment, setup, "partitioned");
            case KCL_AT_ONCE -> main(KclLoader.class, environment, setup, "at_once");
            case KCL_COPY -> main(KclLoader.class, environment, setup, "copy");
            case KCL_DEFAULTS -> main(KclLoader.class, environment, setup, "partitioned", "defaults");
            case CAMEL -> main(CamelLoader.class, environment, setup, "stream", shards);
            case CAMEL_PARTITIONED -> main(CamelLoader.class, environment, setup, "partitioned", shards);
        };
    }

    private static JavaProcess ours(Map<String, String> environment, Setup setup) throws IOException {
        environment.put("STREAM_NAME", setup.name());
        environment.put("TARGET_BUCKET", setup.name());
        environment.put("APPLICATION_NAME", setup.name());
        environment.put("STATUS_PORT", "0");
        environment.put("FLUSH_INTERVAL", Double.toString(setup.flush().toMillis() / 1e3));
        if (setup.backlog()) {
            environment.put("BATCH_SIZE", Integer.toString(setup.records()));
            environment.put("MAX_BUFFER_BYTES", "192M");
            environment.put("FLUSH_BYTES", "64M");
            environment.put("MAX_INTAKE_BYTES", "64M");
        }
        Path jar = Options.root().resolve("consumer/target/millrace-consumer.jar");
        return JavaProcess.jar(jar, setup.jvm(), environment);
    }

    private static JavaProcess main(
            Class<?> main, Map<String, String> environment, Setup setup, String how, String... more)
            throws IOException {
        environment.put("MAX_RECORDS", Integer.toString(setup.records()));
        List<String> args = new ArrayList<>(
                List.of(setup.name(), how, Long.toString(setup.flush().toMillis())));
        args.addAll(List.of(more));
        return JavaProcess.main(main.getName(), setup.jvm(), environment, args.toArray(String[]::new));
    }

    /** The line that each prints when it begins to read its first shard. */
    public static final String STARTED = "Consuming from shard";
}
