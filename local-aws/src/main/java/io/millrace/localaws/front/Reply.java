package io.millrace.localaws.front;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A whole response in one write. */
record Reply(int status, String contentType, ByteBuffer body) {

    static final String JSON = "application/json";
    static final String AWS_JSON = "application/x-amz-json-1.1";

    static Reply json(String body) {
        return json(200, body);
    }

    static Reply json(int status, String body) {
        return new Reply(status, JSON, StandardCharsets.UTF_8.encode(body));
    }

    void send(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.write(true, body.duplicate(), callback);
    }
}
