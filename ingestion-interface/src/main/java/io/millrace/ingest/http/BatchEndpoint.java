package io.millrace.ingest.http;

import io.millrace.ingest.config.IngestConfig;
import io.millrace.ingest.event.EventSplitter;
import io.millrace.ingest.event.SplitEvents;
import io.millrace.ingest.event.UnreadableException;
import io.millrace.producer.LogProducer;
import io.millrace.producer.SendResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;

/** {@code POST /api/ingest/batch}. */
public final class BatchEndpoint implements Endpoint {
    private final IngestConfig config;
    private final Bodies bodies;
    private final EventSplitter splitter;
    private final Acceptance acceptance;

    public BatchEndpoint(IngestConfig config, LogProducer producer, Bodies bodies) {
        this.config = config;
        this.bodies = bodies;
        this.splitter = new EventSplitter(config.maxEvents());
        this.acceptance = new Acceptance(producer, config.producer().maxRecordBytes());
    }

    @Override
    public CompletionStage<Answer> answer(Request request) {
        boolean sync = "true".equals(Request.extractQueryParameters(request).getValue("sync"));
        return bodies.read(request, body -> {
            Acceptance.Accepted accepted = acceptance.accept(split(body));
            return sync
                    ? whenDelivered(accepted)
                    : CompletableFuture.completedStage(Answer.json(202, Json.of(summary(accepted))));
        });
    }

    private SplitEvents split(byte[] body) {
        try {
            return splitter.split(body);
        } catch (UnreadableException e) {
            throw new RefusedException(e.tooMany() ? 413 : 400, e.getMessage());
        }
    }

    private CompletionStage<Answer> whenDelivered(Acceptance.Accepted accepted) {
        List<CompletableFuture<SendResult>> futures =
                accepted.events().stream().map(Acceptance.Sent::future).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .orTimeout(config.syncTimeout().toSeconds(), TimeUnit.SECONDS)
                .handle((done, failure) -> delivered(accepted));
    }

    /** 200 where every accepted event is in the stream, else 504 with those that are and those that are not. */
    private static Answer delivered(Acceptance.Accepted accepted) {
        List<Map<String, Object>> delivered = new ArrayList<>();
        List<SplitEvents.Problem> problems = new ArrayList<>(accepted.problems());
        boolean all = true;
        for (Acceptance.Sent sent : accepted.events()) {
            CompletableFuture<SendResult> future = sent.future();
            if (future.isDone() && !future.isCompletedExceptionally()) {
                delivered.add(where(sent.index(), future.join()));
            } else {
                all = false;
                String reason = future.isDone() ? reason(future) : "not delivered yet, still on its way";
                problems.add(new SplitEvents.Problem(sent.index(), reason));
            }
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("accepted", accepted.events().size());
        summary.put("delivered", delivered);
        summary.put("errors", problems);
        return Answer.json(all ? 200 : 504, Json.of(summary));
    }

    private static Map<String, Object> where(int index, SendResult result) {
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("index", index);
        where.put("shardId", result.shardId());
        where.put("sequenceNumber", result.sequenceNumber());
        where.put("attempts", result.attempts());
        if (result.whereabouts() != SendResult.Whereabouts.STREAM) {
            where.put("whereabouts", result.whereabouts());
        }
        return where;
    }

    private static String reason(CompletableFuture<SendResult> failed) {
        return failed.handle((result, failure) -> String.valueOf(failure.getMessage()))
                .join();
    }

    private static Map<String, Object> summary(Acceptance.Accepted accepted) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("accepted", accepted.events().size());
        summary.put("errors", accepted.problems());
        return summary;
    }
}
