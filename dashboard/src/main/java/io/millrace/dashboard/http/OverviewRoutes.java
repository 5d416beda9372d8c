package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.dashboard.aws.AwsErrors;
import io.millrace.dashboard.aws.Reachability;
import io.millrace.dashboard.lake.BucketCatalog;
import io.millrace.dashboard.stream.StreamCatalog;
import io.millrace.dashboard.stream.StreamInfo;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Health, the totals, and the lists of streams and buckets. */
public final class OverviewRoutes implements Consumer<RoutesConfig> {

    private final Reachability reachability;
    private final StreamCatalog streams;
    private final BucketCatalog buckets;
    private final InstantSource clock;

    public OverviewRoutes(
            Reachability reachability, StreamCatalog streams, BucketCatalog buckets, InstantSource clock) {
        this.reachability = reachability;
        this.streams = streams;
        this.buckets = buckets;
        this.clock = clock;
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.get("/health", this::health);
        routes.get("/api/stats/summary", this::summary);
        routes.get("/api/kinesis/streams", ctx -> ctx.json(Map.of("streams", streams.list())));
        routes.get("/api/s3/buckets", ctx -> ctx.json(Map.of("buckets", buckets.list())));
    }

    /** Answers 200 while the process serves, so that an outage of AWS does not get the dashboard restarted. */
    private void health(Context ctx) {
        var services = reachability.check();
        boolean all = services.values().stream().allMatch(Reachability.ServiceHealth::reachable);
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", all ? "ok" : "degraded");
        health.put("services", services);
        ctx.json(health);
    }

    private void summary(Context ctx) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("time", clock.instant());
        summary.put("streams", orError(() -> {
            var list = streams.list();
            int shards = list.stream().mapToInt(StreamInfo::openShards).sum();
            return Map.of("count", list.size(), "openShards", shards);
        }));
        summary.put("buckets", orError(() -> Map.of("count", buckets.list().size())));
        ctx.json(summary);
    }

    /** One AWS service being away leaves the rest of the answer good. */
    private static Object orError(Supplier<Object> part) {
        try {
            return part.get();
        } catch (SdkException e) {
            return Map.of("error", AwsErrors.message(e));
        }
    }
}
