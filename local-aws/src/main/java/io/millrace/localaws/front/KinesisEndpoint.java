package io.millrace.localaws.front;

import io.millrace.localaws.kinesis.KinesisAnswer;
import io.millrace.localaws.kinesis.KinesisResponse;
import io.millrace.localaws.kinesis.KinesisService;
import io.millrace.localaws.kinesis.Subscription;
import io.millrace.localaws.kinesis.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Carries a Kinesis call from HTTP to {@link KinesisService} and its answer back: one read, one write, no copies. */
final class KinesisEndpoint {

    static final String EVENT_STREAM = "application/vnd.amazon.eventstream";

    private static final String SUBSCRIBE = "SubscribeToShard";
    private static final String ERROR_TYPE = "x-amzn-ErrorType";
    private static final String REQUEST_ID = "x-amzn-RequestId";

    private final KinesisService kinesis;

    KinesisEndpoint(KinesisService kinesis) {
        this.kinesis = kinesis;
    }

    void serve(String operation, String contentType, Request request, Response response, Callback callback)
            throws IOException {
        WireFormat format = contentType.startsWith(WireFormat.CBOR.contentType()) ? WireFormat.CBOR : WireFormat.JSON;
        byte[] body = RequestBody.read(request);
        KinesisAnswer answer =
                operation.equals(SUBSCRIBE) ? kinesis.subscribe(format, body) : kinesis.handle(operation, format, body);
        response.getHeaders().put(REQUEST_ID, UUID.randomUUID().toString());
        if (answer instanceof Subscription subscription) {
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, EVENT_STREAM);
            new SubscriptionSender(subscription, request, response, callback).start();
        } else if (answer instanceof KinesisResponse whole) {
            if (whole.errorType() != null) {
                response.getHeaders().put(ERROR_TYPE, whole.errorType());
            }
            new Reply(whole.status(), format.contentType(), ByteBuffer.wrap(whole.body())).send(response, callback);
        }
    }
}
