package io.millrace.ingest.http;

import io.millrace.service.http.AuthorizationHeader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Lets only those through who show the bearer token, where there is one. */
public final class Authorization {
    private static final String SCHEME = "Bearer";

    private final Optional<String> expected;

    public Authorization(Optional<String> token) {
        this.expected = token;
    }

    public Endpoint guard(Endpoint endpoint) {
        return request -> allows(request)
                ? endpoint.answer(request)
                : CompletableFuture.completedStage(Answer.problem(401, "the bearer token is missing or wrong")
                        .with("WWW-Authenticate", SCHEME));
    }

    private boolean allows(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return expected.isEmpty()
                || AuthorizationHeader.credentials(header, SCHEME)
                        .filter(given -> AuthorizationHeader.isSame(given, expected.get()))
                        .isPresent();
    }
}
