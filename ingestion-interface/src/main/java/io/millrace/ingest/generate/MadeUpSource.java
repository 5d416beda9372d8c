package io.millrace.ingest.generate;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** Logs as a shop's services write them: access, application, database, authentication and payment logs, some errors. */
final class MadeUpSource implements EventSource {
    private static final String[] SERVICES = {
        "api-gateway", "checkout", "payments", "users", "inventory", "search", "shipping", "notifications"
    };
    private static final String[] PATHS = {
        "/api/v1/orders", "/api/v1/cart", "/api/v1/users/me", "/api/v1/products?page=3", "/api/v1/search", "/healthz"
    };
    private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
    private static final String[] TABLES = {"orders", "users", "stock", "sessions", "invoices"};
    private static final String[] EXCEPTIONS = {
        "java.net.SocketTimeoutException: Read timed out",
        "org.postgresql.util.PSQLException: FATAL: remaining connection slots are reserved",
        "java.lang.IllegalStateException: order is in state CANCELLED"
    };

    private final SplittableRandom random;
    private final InstantSource clock;
    private final String[] services;
    private final String run;
    private final StringBuilder out = new StringBuilder(512);
    private long number;

    MadeUpSource(long seed, int services, String run, InstantSource clock) {
        this.random = new SplittableRandom(seed);
        this.clock = clock;
        this.run = run;
        this.services = new String[services];
        for (int i = 0; i < services; i++) {
            String name = SERVICES[i % SERVICES.length];
            this.services[i] = i < SERVICES.length ? name : name + "-" + i / SERVICES.length;
        }
    }

    @Override
    public byte[] next() {
        String service = services[random.nextInt(services.length)];
        int dice = random.nextInt(100);
        String level = dice < 2 ? "ERROR" : dice < 8 ? "WARN" : dice < 20 ? "DEBUG" : "INFO";
        out.setLength(0);
        out.append('{');
        text("timestamp", clock.instant().toString());
        text("service", service);
        text("level", level);
        switch (random.nextInt(level.equals("ERROR") ? 6 : 5)) {
            case 0, 1 -> access();
            case 2 -> database();
            case 3 -> authentication();
            case 4 -> application();
            default -> exception();
        }
        text("trace_id", hex());
        text("source", "millrace-generate");
        out.append("\"anomaly_score\":").append(random.nextInt(100) / 10.0).append(',');
        text("request_id", "req-" + hex());
        text("user_id", "user-" + random.nextInt(10_000));
        out.append("\"event_id\":\"").append(run).append('-').append(number++).append("\"}");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void access() {
        int status = random.nextInt(20) == 0 ? 500 + random.nextInt(4) : random.nextInt(10) == 0 ? 404 : 200;
        text("log_type", "api_gateway_log");
        text("message", pick(METHODS) + " " + pick(PATHS) + " " + status + " " + random.nextInt(2_000) + "ms");
        out.append("\"status\":").append(status).append(',');
    }

    private void database() {
        text("log_type", "database_log");
        text("message", "SELECT * FROM " + pick(TABLES) + " WHERE id = ? took " + random.nextInt(900) + " ms");
    }

    private void authentication() {
        text("log_type", "auth_log");
        text(
                "message",
                (random.nextInt(9) == 0 ? "login failed" : "login succeeded") + " from 10.0." + random.nextInt(256)
                        + "." + random.nextInt(256));
    }

    private void application() {
        text("log_type", "application_log");
        text("message", "processed order " + random.nextInt(1_000_000) + " with " + random.nextInt(1, 12) + " items");
    }

    private void exception() {
        text("log_type", "application_log");
        text(
                "message",
                pick(EXCEPTIONS) + "\\n\\tat com.example.shop.Handler.handle(Handler.java:" + random.nextInt(400)
                        + ")\\n\\tat com.example.shop.Server.run(Server.java:88)");
    }

    private void text(String name, String value) {
        out.append('"').append(name).append("\":\"").append(value).append("\",");
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String hex() {
        return Long.toHexString(random.nextLong());
    }

    @Override
    public void close() {}
}
