package io.millrace.ingest.http;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Refusals as OTLP/HTTP has them: a {@code google.rpc.Status} in the encoding of the request. Source: "OTLP/HTTP Response"
 * in the OpenTelemetry Protocol's specification; {@code google/rpc/status.proto} and {@code code.proto}.
 */
public final class OtlpErrors implements Endpoint {
    private static final int CODE_FIELD = 1;
    private static final int MESSAGE_FIELD = 2;

    private final Endpoint endpoint;

    public OtlpErrors(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public CompletionStage<Answer> answer(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        boolean protobuf = type != null && type.startsWith(OtlpEndpoint.PROTOBUF);
        CompletionStage<Answer> answer;
        try {
            answer = endpoint.answer(request);
        } catch (RefusedException e) {
            answer = CompletableFuture.completedStage(e.answer());
        }
        return answer.exceptionally(Router::failure).thenApply(a -> a.isProblem() ? status(a, protobuf) : a);
    }

    private static Answer status(Answer problem, boolean protobuf) {
        int code = code(problem.status());
        if (protobuf) {
            return problem.withBody(OtlpEndpoint.PROTOBUF, inProtobuf(code, problem.problem()));
        }
        return problem.withBody(OtlpEndpoint.JSON, Json.bytes(Map.of("code", code, "message", problem.problem())));
    }

    private static byte[] inProtobuf(int code, String message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeInt32(CODE_FIELD, code);
            out.writeString(MESSAGE_FIELD, message);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** The gRPC code that stands for an HTTP status. */
    private static int code(int httpStatus) {
        return switch (httpStatus) {
            case 400, 415 -> 3; // INVALID_ARGUMENT
            case 401 -> 16; // UNAUTHENTICATED
            case 413, 429 -> 8; // RESOURCE_EXHAUSTED
            case 503 -> 14; // UNAVAILABLE
            default -> 13; // INTERNAL
        };
    }
}
