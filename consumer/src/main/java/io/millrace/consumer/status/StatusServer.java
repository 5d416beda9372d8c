package io.millrace.consumer.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health}, {@code /ready}, {@code /metrics} and {@code /status} over HTTP. It answers GET and HEAD only, changes
 * nothing, and holds no secret; it listens where STATUS_HOST says.
 */
public final class StatusServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StatusServer.class);
    private static final int THREADS = 2;
    private static final int BACKLOG = 50;
    private static final String JSON = "application/json";

    static {
        // The JDK's server waits for ever for a slow client unless told otherwise; in seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private StatusServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts it.
     *
     * @param port 0 picks a free one
     * @param metrics the text of /metrics, in Prometheus's format
     * @param status the JSON of /status
     * @throws IOException where the port is taken or the host is not this machine's
     */
    public static StatusServer start(
            String host, int port, Health health, Supplier<String> metrics, Supplier<byte[]> status)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads =
                Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "status-" + number.incrementAndGet()));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                switch (exchange.getRequestURI().getPath()) {
                    case "/health" -> verdict(exchange, "healthy", health.defects());
                    case "/ready" -> verdict(exchange, "ready", health.obstacles());
                    case "/metrics" ->
                        send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", utf8(metrics.get()));
                    case "/status" -> send(exchange, 200, JSON, status.get());
                    default ->
                        send(
                                exchange,
                                404,
                                JSON,
                                utf8(
                                        "{\"error\":\"no such page; there are /health, /ready, /metrics and /status\"}\n"));
                }
            } catch (RuntimeException e) {
                log.warn("The status page {} failed", exchange.getRequestURI().getPath(), e);
                send(exchange, 500, JSON, utf8("{\"error\":\"see the log\"}\n"));
            }
        });
        server.start();
        return new StatusServer(server, threads);
    }

    /** The port in use. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void verdict(HttpExchange exchange, String what, List<String> problems) throws IOException {
        send(exchange, problems.isEmpty() ? 200 : 503, JSON, Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", problems.isEmpty() ? what : "not " + what);
            Json.strings(json, "problems", problems);
            json.writeEndObject();
        }));
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        String method = exchange.getRequestMethod();
        boolean head = "HEAD".equals(method);
        if (!head && !"GET".equals(method)) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
