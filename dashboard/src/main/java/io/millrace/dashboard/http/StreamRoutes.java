package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.dashboard.consumer.History;
import io.millrace.dashboard.stream.RecordPosition;
import io.millrace.dashboard.stream.RecordViewer;
import io.millrace.dashboard.stream.StreamCatalog;
import io.millrace.dashboard.stream.StreamReporter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Streams, their shards and their records. */
public final class StreamRoutes implements Consumer<RoutesConfig> {

    private static final int MAX_RECORDS = 500;
    private static final Duration RATE_AGE = Duration.ofSeconds(30);

    private final Permissions permissions;
    private final StreamCatalog streams;
    private final StreamReporter reporter;
    private final RecordViewer records;
    private final History history;
    private final InstantSource clock;

    public StreamRoutes(
            Permissions permissions,
            StreamCatalog streams,
            StreamReporter reporter,
            RecordViewer records,
            History history,
            InstantSource clock) {
        this.permissions = permissions;
        this.streams = streams;
        this.reporter = reporter;
        this.records = records;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.get("/api/kinesis/streams", ctx -> ctx.json(Map.of("streams", streams.list())));
        routes.get("/api/kinesis/stream/{name}/metrics", this::metrics);
        routes.get("/api/kinesis/stream/{name}/records", this::records);
    }

    private void metrics(Context ctx) {
        String stream = permissions.stream(ctx.pathParam("name"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("report", reporter.report(stream));
        answer.put("rates", rates());
        ctx.json(answer);
    }

    /** Of all streams together, for the consumers tell no more. */
    private Map<String, Object> rates() {
        List<History.Sample> recent = history.since(clock.instant().minus(RATE_AGE));
        Map<String, Object> rates = new LinkedHashMap<>();
        rates.put("source", "consumers, all streams together");
        rates.put("recordsInPerSecond", average(recent, History.Sample::recordsIn));
        rates.put("recordsOutPerSecond", average(recent, History.Sample::recordsOut));
        rates.put("bytesOutPerSecond", average(recent, History.Sample::bytesOut));
        return rates;
    }

    private static Double average(
            List<History.Sample> samples, java.util.function.Function<History.Sample, Double> rate) {
        var average = samples.stream()
                .map(rate)
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .average();
        return average.isPresent() ? average.getAsDouble() : null;
    }

    private void records(Context ctx) {
        String stream = permissions.stream(ctx.pathParam("name"));
        Query query = new Query(ctx);
        String shard = query.text("shard");
        if (!shard.matches("[a-zA-Z0-9_.-]{1,128}")) {
            throw Query.bad("shard", shard, "a shard's id, such as shardId-000000000000");
        }
        ctx.json(records.read(stream, shard, position(query), query.integer("limit", 100, 1, MAX_RECORDS)));
    }

    private static RecordPosition position(Query query) {
        String next = query.text("next");
        if (next.startsWith("after:")) {
            return new RecordPosition.AfterSequenceNumber(number("next", next.substring("after:".length())));
        }
        if (next.startsWith("time:")) {
            return new RecordPosition.AtTimestamp(Instant.parse(next.substring("time:".length())));
        }
        String position = query.textOr("position", "trim_horizon");
        return switch (position) {
            case "trim_horizon" -> new RecordPosition.TrimHorizon();
            case "latest" -> new RecordPosition.Latest();
            case "timestamp" -> {
                Instant time = query.time("timestamp", null);
                if (time == null) {
                    throw Query.bad("timestamp", "", "given where position is timestamp");
                }
                yield new RecordPosition.AtTimestamp(time);
            }
            case "at_sequence" -> new RecordPosition.AtSequenceNumber(number("sequence", query.text("sequence")));
            case "after_sequence" -> new RecordPosition.AfterSequenceNumber(number("sequence", query.text("sequence")));
            default ->
                throw Query.bad("position", position, "trim_horizon, latest, timestamp, at_sequence or after_sequence");
        };
    }

    private static String number(String name, String value) {
        if (!value.matches("\\d{1,128}")) {
            throw Query.bad(name, value, "a sequence number");
        }
        return value;
    }
}
