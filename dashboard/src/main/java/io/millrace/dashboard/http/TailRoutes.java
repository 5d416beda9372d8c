package io.millrace.dashboard.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.millrace.dashboard.event.EventFilter;
import io.millrace.dashboard.event.EventReader;
import io.millrace.dashboard.event.FieldNames;
import io.millrace.dashboard.stream.TailEvent;
import io.millrace.dashboard.stream.TailSubscription;
import io.millrace.dashboard.stream.TailSubscription.End;
import io.millrace.dashboard.stream.Tails;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Live events as server-sent events: {@code open} once the stream is being read, {@code events} with an array of events,
 * {@code gap} where some were left out, {@code end} with why. The request's thread writes; a browser that does not read is
 * let go when too much waits for it, or when the server's idle time is over.
 */
public final class TailRoutes implements Consumer<RoutesConfig> {

    private static final int MAX_EVENTS = 1_000;
    private static final long START_MILLIS = 15_000;

    /** A comment now and then finds out whether the browser is still there. */
    private static final long HEARTBEAT_MILLIS = 10_000;

    /** What the filter of one batch may take; an expensive expression then lets events pass by. */
    private static final Duration FILTER_TIME = Duration.ofMillis(500);

    private final Permissions permissions;
    private final Tails tails;
    private final String defaultStream;
    private final FieldNames names;
    private final ObjectMapper json;

    /** @param names where events name their service, which the filter asks for */
    public TailRoutes(Permissions permissions, Tails tails, String defaultStream, FieldNames names, ObjectMapper json) {
        this.permissions = permissions;
        this.tails = tails;
        this.defaultStream = defaultStream;
        this.names = names;
        this.json = json;
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.get("/api/logs/tail", this::tail);
    }

    private void tail(Context ctx) throws IOException, InterruptedException {
        Query query = new Query(ctx);
        String stream = permissions.stream(query.textOr("stream", defaultStream));
        EventFilter filter = query.filter(query.text("service"));
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header("Cache-Control", "no-store");
        // nginx would hold events back until its buffer is full.
        ctx.header("X-Accel-Buffering", "no");
        if (ctx.method().equals(HandlerType.HEAD)) {
            return; // its answer has no end that could be waited for
        }
        try (TailSubscription subscription = tails.open(stream)
                .orElseThrow(() -> new ApiException(
                        503,
                        "busy",
                        "There are " + tails.maxTails() + " live tails already",
                        "Close one, or raise DASHBOARD_MAX_TAILS"))) {
            write(ctx.res().getOutputStream(), subscription, filter);
        }
    }

    private void write(ServletOutputStream out, TailSubscription subscription, EventFilter filter)
            throws IOException, InterruptedException {
        EventReader reader = new EventReader(names, filter);
        comment(out, "millrace");
        if (subscription.awaitStart(START_MILLIS)) {
            send(out, "open", Map.of());
        }
        long lastWrite = System.nanoTime();
        while (subscription.end() == End.OPEN) {
            List<TailEvent> events = fitting(subscription.take(MAX_EVENTS, HEARTBEAT_MILLIS), filter, reader);
            if (subscription.takeGap()) {
                send(out, "gap", Map.of());
            }
            if (!events.isEmpty()) {
                send(out, "events", events);
                lastWrite = System.nanoTime();
            } else if (System.nanoTime() - lastWrite > HEARTBEAT_MILLIS * 1_000_000) {
                comment(out, "alive");
                lastWrite = System.nanoTime();
            }
        }
        send(out, "end", Map.of("reason", subscription.end().name().toLowerCase(Locale.ROOT)));
    }

    private static List<TailEvent> fitting(List<TailEvent> events, EventFilter filter, EventReader reader) {
        long deadline = System.nanoTime() + FILTER_TIME.toNanos();
        BooleanSupplier late = () -> System.nanoTime() > deadline;
        return events.stream()
                .filter(event -> filter.fitsText(event.event(), late))
                .filter(event -> !filter.needsFields() || filter.fitsFields(reader.read(event.event())))
                .toList();
    }

    private void send(ServletOutputStream out, String event, Object data) throws IOException {
        // JSON has no raw line breaks, which would end the event.
        out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        out.write(json.writeValueAsBytes(data));
        out.write('\n');
        out.write('\n');
        out.flush();
    }

    private static void comment(ServletOutputStream out, String text) throws IOException {
        out.write((": " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
