package io.millrace.dashboard.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A consumer's status server that answers what a test says, on a free port. */
public final class FakeConsumer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicReference<Supplier<String>> status;

    public FakeConsumer(Supplier<String> status) {
        this.status = new AtomicReference<>(status);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/status", exchange -> {
            byte[] body = this.status.get().get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void tells(String json) {
        status.set(() -> json);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
