package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.dashboard.alert.AlertBook;
import io.millrace.dashboard.consumer.Consumers;
import io.millrace.dashboard.lake.BucketCatalog;
import io.millrace.dashboard.lake.index.BucketIndex;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.stream.Tails;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code /metrics} in Prometheus's format: the lake's size, the consumers' lag, and the dashboard itself. */
public final class MetricsRoutes implements Consumer<RoutesConfig> {

    private static final String STARTED_AT = "startedAt";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final BucketCatalog buckets;
    private final Indexer indexer;
    private final MultiGauge objects;
    private final MultiGauge bytes;

    public MetricsRoutes(BucketCatalog buckets, Indexer indexer, Consumers consumers, AlertBook alerts, Tails tails) {
        this.buckets = buckets;
        this.indexer = indexer;
        new JvmMemoryMetrics().bindTo(registry);
        objects = MultiGauge.builder("millrace.lake.objects")
                .description("Objects in a bucket, as counted last")
                .register(registry);
        bytes = MultiGauge.builder("millrace.lake.bytes")
                .description("Bytes stored in a bucket, as counted last")
                .register(registry);
        gauge("millrace.lake.freshness.seconds", "Age of the oldest event that is not in the lake", () -> {
            var freshness = consumers.view().freshnessMillis();
            return freshness.isPresent() ? freshness.getAsLong() / 1000.0 : Double.NaN;
        });
        gauge(
                "millrace.dashboard.alerts",
                "Alerts that stand now",
                () -> alerts.standing().size());
        gauge("millrace.dashboard.tails", "Live tails that are open", tails::count);
        gauge("millrace.dashboard.index.folders", "Folders in the index of the lake", indexer::folders);
    }

    private void gauge(String name, String description, java.util.function.Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.before(ctx -> ctx.attribute(STARTED_AT, System.nanoTime()));
        routes.after(this::record);
        routes.get("/metrics", this::metrics);
    }

    private void metrics(Context ctx) {
        try {
            List<BucketIndex> known = buckets.list().stream()
                    .flatMap(bucket -> indexer.bucket(bucket.name()).stream())
                    .toList();
            objects.register(rows(known, index -> index.totals().counts().objects()), true);
            bytes.register(rows(known, index -> index.totals().counts().bytes()), true);
        } catch (SdkException e) {
            // S3 is away: the counts of before stand.
        }
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }

    private static List<MultiGauge.Row<?>> rows(List<BucketIndex> indexes, ToDoubleFunction<BucketIndex> value) {
        return indexes.stream()
                .<MultiGauge.Row<?>>map(index -> MultiGauge.Row.of(Tags.of("bucket", index.bucket()), index, value))
                .toList();
    }

    private void record(Context ctx) {
        Long startedAt = ctx.attribute(STARTED_AT);
        var endpoint = ctx.endpoints().lastHttpEndpoint();
        if (startedAt == null || endpoint == null) {
            return;
        }
        // The route's pattern, not the path: that would be a time series for each object.
        registry.timer(
                        "millrace.dashboard.requests",
                        "route",
                        endpoint.path,
                        "status",
                        String.valueOf(ctx.statusCode()))
                .record(Duration.ofNanos(System.nanoTime() - startedAt));
    }
}
