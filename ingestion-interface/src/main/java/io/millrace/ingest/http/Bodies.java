package io.millrace.ingest.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;

/** Reads request bodies without tying up a thread, inflates gzip, and bounds each and all of them; thread-safe. */
public final class Bodies {
    private final int maxBytes;
    private final Semaphore room;

    /**
     * @param maxBytes of one body, inflated
     * @param maxConcurrentBytes of all bodies at once
     */
    public Bodies(int maxBytes, int maxConcurrentBytes) {
        this.maxBytes = maxBytes;
        this.room = new Semaphore(maxConcurrentBytes);
    }

    /** Hands the body to {@code use}; its room is free again when {@code use} has returned. */
    CompletionStage<Answer> read(Request request, Function<byte[], CompletionStage<Answer>> use) {
        boolean gzip = isGzip(request);
        long announced = request.getLength();
        if (announced > maxBytes) {
            return CompletableFuture.failedStage(tooLarge());
        }
        int reserved = announced < 0 || gzip ? maxBytes : (int) announced;
        if (!room.tryAcquire(reserved)) {
            return CompletableFuture.completedStage(
                    Answer.later(429, "too many requests at once (INGEST_MAX_CONCURRENT_BYTES)", 1));
        }
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, maxBytes, Promise.Invocable.toPromise(body));
        return body.exceptionally(this::unread)
                .thenCompose(bytes -> use.apply(gzip ? inflate(bytes) : bytes))
                .whenComplete((answer, failure) -> room.release(reserved));
    }

    private static boolean isGzip(Request request) {
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip")) {
            return true;
        }
        throw new RefusedException(415, "Content-Encoding " + encoding + ": allowed is gzip");
    }

    private byte[] unread(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof IllegalStateException) {
            throw tooLarge();
        }
        throw new RefusedException(400, "the body could not be read: " + cause.getMessage());
    }

    private byte[] inflate(byte[] body) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] inflated = in.readNBytes(maxBytes + 1);
            if (inflated.length > maxBytes) {
                throw tooLarge();
            }
            return inflated;
        } catch (IOException e) {
            throw new RefusedException(400, "the body is no gzip: " + e.getMessage());
        }
    }

    private RefusedException tooLarge() {
        return new RefusedException(
                413, "the body is larger than " + maxBytes + " bytes, inflated (INGEST_MAX_BODY_BYTES)");
    }
}
