package io.millrace.ingest.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the endpoint for a request and sends its answer. */
public final class Router extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Map<String, Map<String, Endpoint>> paths = new HashMap<>();
    private final MeterRegistry registry;

    /** @param registry counts the requests to each path by their answers' status */
    public Router(MeterRegistry registry) {
        this.registry = registry;
    }

    public Router get(String path, Function<Request, Answer> endpoint) {
        return add("GET", path, request -> CompletableFuture.completedStage(endpoint.apply(request)));
    }

    public Router post(String path, Endpoint endpoint) {
        return add("POST", path, endpoint);
    }

    private Router add(String method, String path, Endpoint endpoint) {
        paths.computeIfAbsent(path, p -> new HashMap<>()).put(method, endpoint);
        return this;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Map<String, Endpoint> methods = paths.get(Request.getPathInContext(request));
        if (methods == null) {
            Answer.problem(404, "no such path; POST /api/ingest/batch takes logs")
                    .send(response, callback);
            return true;
        }
        // HEAD is answered like GET; Jetty leaves the body out.
        Endpoint endpoint = methods.get(request.getMethod().equals("HEAD") ? "GET" : request.getMethod());
        if (endpoint == null) {
            String allowed = String.join(", ", methods.keySet()).replace("GET", "GET, HEAD");
            Answer.problem(405, "allowed: " + allowed).with("Allow", allowed).send(response, callback);
            return true;
        }
        String path = Request.getPathInContext(request);
        answer(endpoint, request).exceptionally(Router::failure).thenAccept(answer -> {
            registry.counter("millrace.ingest.requests", "path", path, "status", String.valueOf(answer.status()))
                    .increment();
            answer.send(response, callback);
        });
        return true;
    }

    private static CompletionStage<Answer> answer(Endpoint endpoint, Request request) {
        try {
            return endpoint.answer(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    static Answer failure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RefusedException refused) {
            return refused.answer();
        }
        LOG.error("unexpected", cause);
        return Answer.problem(500, "internal error");
    }
}
