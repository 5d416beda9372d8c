package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.dashboard.alert.AlertBook;
import io.millrace.dashboard.aws.Reachability;
import io.millrace.dashboard.consumer.ConsumerView;
import io.millrace.dashboard.consumer.Consumers;
import io.millrace.dashboard.consumer.History;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Health, the totals, their recent past, the consumers and the alerts. */
public final class OverviewRoutes implements Consumer<RoutesConfig> {

    private static final Duration HISTORY = Duration.ofHours(1);

    private final Reachability reachability;
    private final Summary summary;
    private final Consumers consumers;
    private final History history;
    private final AlertBook alerts;
    private final InstantSource clock;

    public OverviewRoutes(
            Reachability reachability,
            Summary summary,
            Consumers consumers,
            History history,
            AlertBook alerts,
            InstantSource clock) {
        this.reachability = reachability;
        this.summary = summary;
        this.consumers = consumers;
        this.history = history;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.get("/health", this::health);
        routes.get("/api/stats/summary", ctx -> ctx.json(summary.now()));
        routes.get("/api/stats/history", this::history);
        routes.get("/api/consumer", this::consumer);
        routes.get("/api/alerts", this::alerts);
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

    private void history(Context ctx) {
        Instant since = new Query(ctx).time("since", clock.instant().minus(HISTORY));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("time", clock.instant());
        answer.put("intervalMillis", History.INTERVAL.toMillis());
        answer.put("samples", history.since(since));
        ctx.json(answer);
    }

    private void consumer(Context ctx) {
        ConsumerView view = consumers.view();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("time", view.time());
        answer.put("freshnessMillis", Summary.orNull(view.freshnessMillis()));
        answer.put("totals", view.totals());
        answer.put("shards", view.activeShards().toList());
        answer.put("consumers", view.consumers());
        ctx.json(answer);
    }

    private void alerts(Context ctx) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("judgedAt", alerts.judgedAt());
        answer.put("alerts", alerts.standing());
        ctx.json(answer);
    }
}
