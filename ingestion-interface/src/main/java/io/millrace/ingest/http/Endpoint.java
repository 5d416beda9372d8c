package io.millrace.ingest.http;

import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.server.Request;

/** Answers requests to one path, at once or later; thread-safe. */
@FunctionalInterface
public interface Endpoint {
    CompletionStage<Answer> answer(Request request);
}
