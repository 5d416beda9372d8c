package io.millrace.dashboard.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import io.javalin.json.JavalinJackson;
import io.millrace.dashboard.config.DashboardConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server with what all routes share: threads, the guard, JSON, errors and the page's files. */
public final class WebServer implements AutoCloseable {

    private static final int MIN_THREADS = 4;
    private static final int MAX_THREADS = 32;
    private static final int IDLE_THREAD_MILLIS = 30_000;
    private static final long STOP_MILLIS = 2_000;

    /** Within a request: a browser that takes nothing for so long is gone. */
    private static final long SILENCE_MILLIS = 30_000;

    private final Javalin javalin;

    /** @param routes each adds its own routes */
    public WebServer(DashboardConfig config, ObjectMapper json, List<Consumer<RoutesConfig>> routes) {
        Guard guard = new Guard(new HostNames(config.host(), config.allowedHosts()), config.authentication());
        PageFiles page = PageFiles.load();
        this.javalin = Javalin.create(server -> {
            configure(server, config);
            server.jsonMapper(new JavalinJackson(json, false));
            server.routes.before(guard::check);
            ErrorMapping.register(server.routes);
            page.register(server.routes);
            routes.forEach(route -> route.accept(server.routes));
        });
        answerHead();
    }

    /** Javalin would answer 200 to HEAD wherever GET has a route, whatever GET would answer. Jetty leaves the body out. */
    private void answerHead() {
        for (var route : List.copyOf(javalin.unsafe.internalRouter.allHttpHandlers())) {
            if (route.endpoint.method.equals(HandlerType.GET)) {
                javalin.unsafe.routes.head(route.endpoint.path, route.endpoint.handler);
            }
        }
    }

    private static void configure(JavalinConfig server, DashboardConfig config) {
        server.startup.showJavalinBanner = false;
        server.startup.showOldJavalinVersionWarning = false;
        server.startup.startupWatcherEnabled = false;
        // A tail keeps its thread as long as it lasts.
        QueuedThreadPool threads =
                new QueuedThreadPool(MAX_THREADS + config.maxTails(), MIN_THREADS, IDLE_THREAD_MILLIS);
        threads.setName("dashboard-http");
        server.jetty.threadPool = threads;
        server.jetty.modifyServer(jetty -> {
            jetty.setErrorHandler(new BareErrors());
            jetty.setStopTimeout(STOP_MILLIS);
        });
        // Keys may hold anything; ObjectPath decodes them itself, and files are found by exact path only.
        server.jetty.modifyHttpConfiguration(http -> {
            http.setUriCompliance(UriCompliance.UNSAFE);
            http.setIdleTimeout(SILENCE_MILLIS);
            // Else a header that was seen on this connection stands for one whose value differs in case alone.
            http.setHeaderCacheCaseSensitive(true);
        });
        server.jetty.addConnector((jetty, http) -> {
            ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
            connector.setHost(config.host());
            connector.setPort(config.port());
            connector.setIdleTimeout(config.httpKeepAlive().toMillis());
            return connector;
        });
        server.router.javaLangErrorHandler(ErrorMapping::fatal);
        server.router.ignoreTrailingSlashes = false;
    }

    /** Numbers stay numbers; times are ISO-8601 in UTC. */
    public static ObjectMapper jsonMapper() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    /** Starts to listen. @throws io.javalin.util.JavalinBindException where the port is taken */
    public void start() {
        javalin.start();
    }

    /** The port in use, which differs from the configured one where that is 0. */
    public int port() {
        return javalin.port();
    }

    /** The paths of all GET routes, with their parameters' names. */
    public Set<String> routes() {
        Set<String> paths = new TreeSet<>();
        javalin.unsafe.internalRouter.allHttpHandlers().forEach(handler -> {
            if (handler.endpoint.method.equals(HandlerType.GET)) {
                paths.add(handler.endpoint.path);
            }
        });
        return paths;
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
