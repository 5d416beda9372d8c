package io.millrace.localaws.s3;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** s3proxy's request handler as local-aws sets it up: any credentials, unknown headers pass. */
final class S3Requests extends S3ProxyHandler {

    /** Amazon S3's largest single PUT. */
    private static final long MAX_OBJECT_BYTES = 5L << 30;

    private static final long MAX_BUFFERED_BYTES = 128L << 20;
    private static final int MAX_CHUNK_BYTES = 16 << 20;
    private static final int MAX_CLOCK_SKEW_SECONDS = 15 * 60;

    S3Requests(BlobStore store) {
        super(
                store,
                AuthenticationType.NONE,
                null,
                null,
                null,
                MAX_OBJECT_BYTES,
                MAX_BUFFERED_BYTES,
                MAX_CHUNK_BYTES,
                true,
                null,
                "",
                MAX_CLOCK_SKEW_SECONDS);
    }

    void error(HttpServletRequest request, HttpServletResponse response, S3ErrorCode code) throws IOException {
        var error = new S3ProxyException(code);
        var details = error.awsErrorDetails();
        error(request, response, details.errorCode(), error.statusCode(), details.errorMessage());
    }

    void error(HttpServletRequest request, HttpServletResponse response, String code, int status, String message)
            throws IOException {
        sendSimpleErrorResponse(request, response, code, status, message, Map.of());
    }
}
