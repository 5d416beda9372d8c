package io.millrace.ingest.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Lets only those through who show the bearer token, where there is one. */
public final class Authorization {
    private final Optional<byte[]> expected;

    public Authorization(Optional<String> token) {
        this.expected = token.map(t -> ("Bearer " + t).getBytes(StandardCharsets.UTF_8));
    }

    public Endpoint guard(Endpoint endpoint) {
        return request -> allows(request)
                ? endpoint.answer(request)
                : CompletableFuture.completedStage(Answer.problem(401, "the bearer token is missing or wrong")
                        .with("WWW-Authenticate", "Bearer"));
    }

    private boolean allows(Request request) {
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        // In constant time, so that the answer's delay does not tell how much of a guess was right.
        return expected.isEmpty()
                || (given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.get()));
    }
}
