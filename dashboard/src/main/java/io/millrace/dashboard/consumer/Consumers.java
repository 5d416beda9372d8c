package io.millrace.dashboard.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dashboard.util.Cached;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks the consumers for their status, all at the same time, at most once in {@link #MAX_AGE}. Thread-safe. */
public final class Consumers {

    static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final int TIMEOUT_MILLIS = 2_000;

    /** A thousand shards are about 600 KB. */
    private static final int MAX_BYTES = 8 << 20;

    private final List<URI> urls;
    private final ObjectMapper json;
    private final Executor executor;
    private final Cached<ConsumerView> view;

    public Consumers(List<URI> urls, ObjectMapper json, Executor executor, InstantSource clock) {
        this.urls = urls;
        this.json = json;
        this.executor = executor;
        this.view = new Cached<>(() -> new ConsumerView(clock.instant(), askAll()), MAX_AGE, clock);
    }

    public ConsumerView view() {
        return view.get();
    }

    private List<ConsumerReport> askAll() {
        List<CompletableFuture<ConsumerReport>> answers = urls.stream()
                .map(url -> CompletableFuture.supplyAsync(() -> ask(url), executor))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private ConsumerReport ask(URI url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                connection.disconnect();
                return new ConsumerReport(url, null, "answered with status " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                return new ConsumerReport(url, json.readValue(in.readNBytes(MAX_BYTES), ConsumerStatus.class), "");
            }
        } catch (IOException e) {
            return new ConsumerReport(url, null, String.valueOf(e.getMessage()));
        }
    }
}
