package io.millrace.ingest.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A whole HTTP response.
 *
 * @param problem why the request was refused, which the body says too; empty where it was not
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers, String problem) {

    /** An answer of JSON text. */
    public static Answer json(int status, String body) {
        return new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8), Map.of(), "");
    }

    /** A 200 of text of this type. */
    public static Answer text(String contentType, String body) {
        return new Answer(200, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of(), "");
    }

    /** A refusal with one line of explanation. */
    public static Answer problem(int status, String problem) {
        return new Answer(status, "application/json", Json.bytes(Map.of("error", problem)), Map.of(), problem);
    }

    /** Come back in {@code seconds}. */
    public static Answer later(int status, String problem, int seconds) {
        return problem(status, problem).with("Retry-After", String.valueOf(seconds));
    }

    Answer with(String header, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more, problem);
    }

    Answer withBody(String newType, byte[] newBody) {
        return new Answer(status, newType, newBody, headers, problem);
    }

    boolean isProblem() {
        return !problem.isEmpty();
    }

    void send(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        headers.forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
        if (isProblem() && !response.getRequest().consumeAvailable()) {
            // Jetty closes the connection behind what it has not read: a client that is not told would use it again.
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
