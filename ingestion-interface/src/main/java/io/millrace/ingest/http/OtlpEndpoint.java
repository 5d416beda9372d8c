package io.millrace.ingest.http;

import io.millrace.ingest.config.IngestConfig;
import io.millrace.ingest.event.SplitEvents;
import io.millrace.ingest.otlp.OtlpEvents;
import io.millrace.ingest.otlp.UnreadableOtlpException;
import io.millrace.producer.LogProducer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** {@code POST /v1/logs}: OTLP over HTTP, answered in the encoding of the request. */
public final class OtlpEndpoint implements Endpoint {
    static final String PROTOBUF = "application/x-protobuf";
    static final String JSON = "application/json";

    private final int maxEvents;
    private final Bodies bodies;
    private final Acceptance acceptance;

    public OtlpEndpoint(IngestConfig config, LogProducer producer, Bodies bodies) {
        this.maxEvents = config.maxEvents();
        this.bodies = bodies;
        this.acceptance = new Acceptance(producer, config.producer().maxRecordBytes());
    }

    @Override
    public CompletionStage<Answer> answer(Request request) {
        String type = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        boolean protobuf = type.startsWith(PROTOBUF);
        if (!protobuf && !type.startsWith(JSON)) {
            return CompletableFuture.completedStage(
                    Answer.problem(415, "Content-Type " + type + ": allowed are " + PROTOBUF + " and " + JSON));
        }
        return bodies.read(request, body -> {
            Acceptance.Accepted accepted = acceptance.accept(events(body, protobuf));
            return CompletableFuture.completedStage(protobuf ? inProtobuf(accepted) : inJson(accepted));
        });
    }

    private SplitEvents events(byte[] body, boolean protobuf) {
        List<byte[]> events;
        try {
            events = protobuf ? OtlpEvents.ofProtobuf(body) : OtlpEvents.ofJson(body);
        } catch (UnreadableOtlpException e) {
            throw new RefusedException(400, e.getMessage());
        }
        if (events.size() > maxEvents) {
            throw new RefusedException(413, "more than " + maxEvents + " logs in a request (INGEST_MAX_EVENTS)");
        }
        List<SplitEvents.Found> found = new ArrayList<>();
        events.forEach(event -> found.add(new SplitEvents.Found(found.size(), event)));
        return new SplitEvents(found, List.of());
    }

    private static Answer inProtobuf(Acceptance.Accepted accepted) {
        ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
        if (!accepted.problems().isEmpty()) {
            response.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(accepted.problems().size())
                    .setErrorMessage(accepted.problems().get(0).reason()));
        }
        return new Answer(200, PROTOBUF, response.build().toByteArray(), Map.of(), "");
    }

    private static Answer inJson(Acceptance.Accepted accepted) {
        if (accepted.problems().isEmpty()) {
            return Answer.json(200, "{}");
        }
        Map<String, Object> partial = Map.of(
                "rejectedLogRecords", String.valueOf(accepted.problems().size()),
                "errorMessage", accepted.problems().get(0).reason());
        return Answer.json(200, Json.of(Map.of("partialSuccess", partial)));
    }
}
