package io.millrace.benchmarks.loader;

import io.millrace.benchmarks.Options;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One way to bring a stream into S3. Every setting that differs from a default stands here, or in the class it names. */
public enum Loader {

    /** Millrace's consumer, from its jar. */
    OURS("ours", true),
    /** KCL with Jackson's tree and an object per output partition of each batch: our job, done plainly. */
    KCL("kcl", true),
    /** KCL that copies each batch into one object, neither reading nor partitioning: less than our job. */
    KCL_COPY("kcl-copy", true),
    /** Camel's streaming upload: copies into objects, neither reading nor partitioning, and without checkpoints. */
    CAMEL("camel", false),
    /** Camel with its aggregator, an object per output partition: our job, without checkpoints. */
    CAMEL_PARTITIONED("camel-partitioned", false);

    /** The same for all. */
    private static final List<String> JVM = List.of("-Xmx512m");

    private final String title;
    private final boolean checkpoints;

    Loader(String title, boolean checkpoints) {
        this.title = title;
        this.checkpoints = checkpoints;
    }

    public String title() {
        return title;
    }

    /** Whether its lease table says how far it is. */
    public boolean checkpoints() {
        return checkpoints;
    }

    public static Loader of(String title) {
        return List.of(values()).stream()
                .filter(loader -> loader.title.equals(title))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Starts it. Stream, bucket and lease table have the same name.
     *
     * @param flush how old a buffered event may become
     */
    public JavaProcess start(LocalAws aws, String name, Duration flush, List<String> shards) throws IOException {
        Map<String, String> environment = new HashMap<>(aws.environment());
        String millis = Long.toString(flush.toMillis());
        return switch (this) {
            case OURS -> ours(environment, name, flush);
            case KCL -> main(KclLoader.class, environment, name, "partitioned", millis);
            case KCL_COPY -> main(KclLoader.class, environment, name, "copy", millis);
            case CAMEL -> main(CamelLoader.class, environment, name, "stream", millis, String.join(",", shards));
            case CAMEL_PARTITIONED ->
                main(CamelLoader.class, environment, name, "partitioned", millis, String.join(",", shards));
        };
    }

    private static JavaProcess ours(Map<String, String> environment, String name, Duration flush) throws IOException {
        environment.put("STREAM_NAME", name);
        environment.put("TARGET_BUCKET", name);
        environment.put("APPLICATION_NAME", name);
        environment.put("STATUS_PORT", "0");
        environment.put("FLUSH_INTERVAL", Double.toString(flush.toMillis() / 1e3));
        environment.put("BATCH_SIZE", "10000");
        environment.put("MAX_BUFFER_BYTES", "192M");
        environment.put("MAX_INTAKE_BYTES", "64M");
        return JavaProcess.jar(Options.root().resolve("consumer/target/millrace-consumer.jar"), JVM, environment);
    }

    private static JavaProcess main(Class<?> main, Map<String, String> environment, String... args) throws IOException {
        return JavaProcess.main(main.getName(), JVM, environment, args);
    }

    /** The line that each prints when it begins to read its first shard. */
    public static final String STARTED = "Consuming from shard";
}
