package io.millrace.localaws.front;

import io.millrace.localaws.kinesis.KinesisResponse;
import io.millrace.localaws.kinesis.KinesisService;
import io.millrace.localaws.kinesis.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Carries a Kinesis call from HTTP to {@link KinesisService} and its answer back: one read, one write, no copies. */
final class KinesisEndpoint {

    private static final String ERROR_TYPE = "x-amzn-ErrorType";
    private static final String REQUEST_ID = "x-amzn-RequestId";

    private final KinesisService kinesis;

    KinesisEndpoint(KinesisService kinesis) {
        this.kinesis = kinesis;
    }

    void serve(String operation, String contentType, Request request, Response response, Callback callback)
            throws IOException {
        WireFormat format = contentType.startsWith(WireFormat.CBOR.contentType()) ? WireFormat.CBOR : WireFormat.JSON;
        KinesisResponse answer = kinesis.handle(operation, format, RequestBody.read(request));
        if (answer.errorType() != null) {
            response.getHeaders().put(ERROR_TYPE, answer.errorType());
        }
        response.getHeaders().put(REQUEST_ID, UUID.randomUUID().toString());
        new Reply(answer.status(), format.contentType(), ByteBuffer.wrap(answer.body())).send(response, callback);
    }
}
