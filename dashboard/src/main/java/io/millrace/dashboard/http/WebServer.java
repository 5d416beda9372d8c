package io.millrace.dashboard.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.json.JavalinJackson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server with what all routes share: threads, JSON, errors, read-only methods and the page's files. */
public final class WebServer implements AutoCloseable {

    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 4;
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

    private final Javalin javalin;
    private final String host;
    private final int port;

    /** @param routes each adds its own routes */
    public WebServer(String host, int port, List<Consumer<RoutesConfig>> routes) {
        this.host = host;
        this.port = port;
        PageFiles page = PageFiles.load();
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
            threads.setName("dashboard-http");
            config.jetty.threadPool = threads;
            config.jsonMapper(new JavalinJackson(jsonMapper(), false));
            config.router.javaLangErrorHandler(ErrorMapping::fatal);
            config.routes.before(ctx -> {
                if (!READING.contains(ctx.method())) {
                    throw new MethodNotAllowedResponse("read-only", Map.of());
                }
            });
            ErrorMapping.register(config.routes);
            page.register(config.routes);
            routes.forEach(route -> route.accept(config.routes));
        });
    }

    /** Numbers stay numbers; times are ISO-8601 in UTC. */
    static ObjectMapper jsonMapper() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    /** Starts to listen. @throws io.javalin.util.JavalinBindException where the port is taken */
    public void start() {
        javalin.start(host, port);
    }

    /** The port in use, which differs from the configured one where that is 0. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
