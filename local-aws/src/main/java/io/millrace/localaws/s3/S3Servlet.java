package io.millrace.localaws.s3;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.io.EofException;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyHandler.RequestContext;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Hands a request to s3proxy and answers what it throws as S3 answers: with an XML error document. */
final class S3Servlet extends HttpServlet {

    private static final Logger LOG = LoggerFactory.getLogger(S3Servlet.class);
    private static final long serialVersionUID = 1L;
    private static final long MAX_DRAINED_BYTES = 16L << 20;

    private final transient BlobStore store;
    private transient S3Requests requests;
    private transient BucketSettings settings;

    S3Servlet(BlobStore store) {
        this.store = store;
    }

    /** Made at the first request: the XML mapper in it is half a second's work of a cold JVM. */
    private synchronized S3Requests requests() {
        if (requests == null) {
            requests = new S3Requests(store);
            settings = new BucketSettings(store, requests);
        }
        return requests;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        S3Requests requests = requests();
        if (settings.answered(request, response)) {
            return;
        }
        try (var body = request.getInputStream()) {
            try {
                requests.doHandle(request, request, response, body, new RequestContext());
                if (request.getMethod().equals("DELETE")) {
                    settings.forgetTheGone();
                }
            } catch (IOException | RuntimeException e) {
                AwsServiceException refusal = refusal(e);
                if (refusal != null) {
                    // A client that is still sending would see a broken connection instead of the answer.
                    body.skip(MAX_DRAINED_BYTES);
                    answer(requests, request, response, refusal);
                } else if (e instanceof IOException gone) {
                    throw gone;
                } else {
                    answer(requests, request, response, (RuntimeException) e);
                }
            }
        }
    }

    private static void answer(
            S3Requests requests, HttpServletRequest request, HttpServletResponse response, AwsServiceException refusal)
            throws IOException {
        var details = S3Exceptions.httpResponse(refusal);
        if (details != null) {
            details.firstMatchingHeader("ETag").ifPresent(tag -> response.setHeader("ETag", tag));
        }
        String code = S3Exceptions.errorCode(refusal);
        if (code != null) {
            String message = refusal.awsErrorDetails().errorMessage();
            requests.error(request, response, code, refusal.statusCode(), message == null ? "" : message);
            return;
        }
        switch (refusal.statusCode()) {
            case 412 -> requests.error(request, response, S3ErrorCode.PRECONDITION_FAILED);
            case 416 -> requests.error(request, response, S3ErrorCode.INVALID_RANGE);
            case 405 -> requests.error(request, response, S3ErrorCode.METHOD_NOT_ALLOWED);
            case 403 -> requests.error(request, response, S3ErrorCode.ACCESS_DENIED);
            case 400 -> requests.error(request, response, S3ErrorCode.BAD_DIGEST);
            default -> response.setStatus(refusal.statusCode());
        }
    }

    private static void answer(
            S3Requests requests, HttpServletRequest request, HttpServletResponse response, RuntimeException failure)
            throws IOException {
        if (failure instanceof IllegalArgumentException || failure instanceof IllegalStateException) {
            requests.error(request, response, S3ErrorCode.INVALID_REQUEST);
        } else if (failure instanceof UnsupportedOperationException) {
            requests.error(request, response, S3ErrorCode.NOT_IMPLEMENTED);
        } else if (isClientGone(failure)) {
            LOG.debug("S3 {} {}: the client has gone", request.getMethod(), request.getRequestURI(), failure);
        } else {
            LOG.error("S3 {} {} failed", request.getMethod(), request.getRequestURI(), failure);
            requests.error(request, response, S3ErrorCode.INTERNAL_ERROR);
        }
    }

    /** A process that is killed in an upload is nothing that went wrong here. */
    private static boolean isClientGone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EofException) {
                return true;
            }
        }
        return false;
    }

    /** s3proxy's back end wraps what it found wrong with a body, for example a checksum, in what the reading threw. */
    private static AwsServiceException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AwsServiceException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
