package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.dashboard.lake.search.LogQuery;
import io.millrace.dashboard.lake.search.LogSearch;
import io.millrace.dashboard.lake.search.SearchCursor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Search for events in the lake. */
public final class SearchRoutes implements Consumer<RoutesConfig> {

    /** Each reads up to 256 MiB. */
    private static final int AT_A_TIME = 4;

    private static final int MAX_EVENTS = 1_000;
    private static final Duration DEFAULT_RANGE = Duration.ofHours(24);

    private final Permissions permissions;
    private final LogSearch search;
    private final String defaultBucket;
    private final InstantSource clock;

    public SearchRoutes(Permissions permissions, LogSearch search, String defaultBucket, InstantSource clock) {
        this.permissions = permissions;
        this.search = search;
        this.defaultBucket = defaultBucket;
        this.clock = clock;
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.get("/api/logs/search", new Slots(AT_A_TIME, "searches").limit(this::search));
    }

    private void search(Context ctx) {
        Query query = new Query(ctx);
        String bucket = permissions.bucket(query.textOr("bucket", defaultBucket));
        Instant to = query.time("to", clock.instant());
        Instant from = query.time("from", to.minus(DEFAULT_RANGE));
        if (!from.isBefore(to)) {
            throw Query.bad("from", from.toString(), "before to, which is " + to);
        }
        ctx.json(search.search(new LogQuery(
                bucket,
                query.text("service"),
                from,
                to,
                query.filter(""),
                query.choice("order", "desc", Set.of("asc", "desc")).equals("desc"),
                query.integer("limit", 200, 1, MAX_EVENTS),
                cursor(ctx))));
    }

    private static Optional<SearchCursor> cursor(Context ctx) {
        String cursor = ctx.queryParam("cursor");
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SearchCursor.decode(cursor));
        } catch (IllegalArgumentException e) {
            throw Query.bad("cursor", cursor, "one that an answer gave, with the same other parameters");
        }
    }
}
