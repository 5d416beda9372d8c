package io.millrace.localaws.front;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/** Reads a request's body into one array of the size that the client announced. */
final class RequestBody {

    /** Kinesis's largest request, 10 MiB of data, is under 14 MiB as base64 in JSON; DynamoDB's is 16 MiB. */
    static final int MAX_BYTES = 32 << 20;

    private RequestBody() {}

    /** @throws IOException where the client goes away */
    static byte[] read(Request request) throws IOException {
        long length = request.getLength();
        if (length > MAX_BYTES) {
            throw new HttpException.RuntimeException(HttpStatus.PAYLOAD_TOO_LARGE_413);
        }
        try (InputStream body = Request.asInputStream(request)) {
            byte[] bytes = body.readNBytes(length < 0 ? MAX_BYTES : (int) length);
            if (bytes.length < length) {
                throw new IOException("request body ended after " + bytes.length + " of " + length + " bytes");
            }
            return bytes;
        }
    }
}
