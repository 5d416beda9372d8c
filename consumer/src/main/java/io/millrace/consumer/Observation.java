package io.millrace.consumer;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.aws.Dependency;
import io.millrace.consumer.config.ConsumerConfig;
import io.millrace.consumer.kcl.LiveShards;
import io.millrace.consumer.lease.Workers;
import io.millrace.consumer.status.ConsumerHealth;
import io.millrace.consumer.status.ConsumerMetrics;
import io.millrace.consumer.status.Gauges;
import io.millrace.consumer.status.StatusReport;
import io.millrace.consumer.status.StatusReport.Buffer;
import io.millrace.consumer.status.StatusReport.Identity;
import io.millrace.consumer.status.StatusReport.Leases;
import io.millrace.consumer.status.Totals;
import io.millrace.pipeline.event.EventLog;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.service.http.StatusServer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that watches the process: metrics, log lines, health, and the server that shows them. */
final class Observation implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LiveShards shards = new LiveShards();
    private final Map<String, Dependency> services;
    private final ConsumerHealth health;
    private final ConsumerMetrics metrics = new ConsumerMetrics(registry);
    private final Totals totals;
    private final Consumer<PipelineEvent> listener;
    private final ReadMetrics readEvents;
    private volatile Optional<Workers> workers = Optional.empty();
    private volatile LongSupplier bufferBytes = () -> 0;
    private final StatusServer server;
    private final JvmGcMetrics gc = new JvmGcMetrics();

    /**
     * Starts watching; the status server answers from now on.
     *
     * @throws IOException where the status port cannot be had
     */
    Observation(ConsumerConfig config, String version, InstantSource clock) throws IOException {
        services = Stream.of("kinesis", "dynamodb", "s3")
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> new Dependency(name, clock)));
        List<Dependency> ordered = services.values().stream()
                .sorted(Comparator.comparing(Dependency::name))
                .toList();
        health = new ConsumerHealth(clock, config.healthMaxWait(), ordered, shards::statuses, this::namesake);
        totals = new Totals(clock);
        listener = new EventLog().andThen(metrics).andThen(totals);
        readEvents = new ReadMetrics(metrics);
        Gauges gauges = gauges(config, clock);
        StatusReport report = new StatusReport(
                new Identity(config.applicationName(), config.workerId(), version, clock.instant(), config.buckets()),
                clock,
                health,
                totals,
                new Buffer(() -> bufferBytes.getAsLong(), config.maxBufferBytes()),
                shards::statuses,
                new Leases(() -> workers.map(Workers::last).orElse(List.of()), this::unserved));
        server = StatusServer.start(
                config.statusHost(),
                config.statusPort(),
                config.httpKeepAlive(),
                health,
                () -> {
                    gauges.refresh();
                    return registry.scrape();
                },
                report);
    }

    private Gauges gauges(ConsumerConfig config, InstantSource clock) {
        Gauges gauges = new Gauges(registry, clock, shards::statuses);
        Gauges.register(registry, "buffer.bytes", "Memory that buffers hold", () -> bufferBytes.getAsLong());
        Gauges.register(registry, "buffer.limit.bytes", "The most they may hold", config::maxBufferBytes);
        Gauges.register(
                registry,
                "worker.id.shared",
                "Whether another live process has this WORKER_ID: 1 or 0",
                () -> namesake().isPresent() ? 1 : 0);
        Gauges.register(
                registry,
                "unserved.leases",
                "Leases of streams that this process holds and is not told to read",
                () -> unserved().size());
        services.values().forEach(service -> Gauges.register(registry, service));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
        return gauges;
    }

    /** The shards that are live now. */
    LiveShards shards() {
        return shards;
    }

    ConsumerHealth health() {
        return health;
    }

    /** What every pipeline tells its events to. */
    Consumer<PipelineEvent> listener() {
        return listener;
    }

    ReadMetrics readEvents() {
        return readEvents;
    }

    /** What watches the calls to a service; CloudWatch is no service that work depends on. */
    Dependency service(String name) {
        Dependency known = services.get(name);
        return known != null ? known : new Dependency(name, InstantSource.system());
    }

    /** Where to ask who shares the work. */
    void workers(Workers lookup) {
        workers = Optional.of(lookup);
    }

    /** The other live process with this WORKER_ID, if there is one. */
    private Optional<String> namesake() {
        return workers.flatMap(Workers::namesake);
    }

    /** The leases that this process holds and reads nothing under. */
    private List<String> unserved() {
        return workers.map(Workers::unserved).orElse(List.of());
    }

    /** Where to ask what the buffers hold. */
    void bufferBytes(LongSupplier bytes) {
        bufferBytes = bytes;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        gc.close();
        registry.close();
    }
}
