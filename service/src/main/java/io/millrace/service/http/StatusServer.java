package io.millrace.service.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health}, {@code /ready}, {@code /metrics} and {@code /status} over HTTP. It answers GET and HEAD only,
 * changes nothing, and holds no secret. Thread-safe; two threads answer.
 *
 * <p>It is the JDK's server, whose times are system properties that a JVM reads once, when it makes its first server.
 * So all servers of a process have the first one's times.
 */
public final class StatusServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StatusServer.class);
    private static final int THREADS = 2;
    private static final int BACKLOG = 50;
    private static final String JSON = "application/json";

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
     * @param keepAlive how long an idle connection stays open; the JDK looks every ten seconds, so up to ten more
     * @param metrics the text of /metrics, in Prometheus's format
     * @param status the JSON of /status
     * @throws IOException where the port is taken or the host is not this machine's
     */
    public static StatusServer start(
            String host, int port, Duration keepAlive, Health health, Supplier<String> metrics, Supplier<byte[]> status)
            throws IOException {
        setTimes(keepAlive);
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

    /** In seconds. The JDK's server would wait for ever for a slow client, and drop an idle one after 30 s. */
    private static void setTimes(Duration keepAlive) {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        System.setProperty("sun.net.httpserver.idleInterval", String.valueOf(Math.max(1, keepAlive.toSeconds())));
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
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
