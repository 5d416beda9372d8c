package io.millrace.localaws.front;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What no service could read, or failed to answer, as AWS's clients can read it: not Jetty's page for people. */
public final class ErrorDocuments extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorDocuments.class);

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    /** The connection is closed: after a request that could not be read, the next one cannot be found. */
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        if (code >= HttpStatus.INTERNAL_SERVER_ERROR_500 && !(cause instanceof QuietException)) {
            LOG.error(
                    "{} {} failed: {}",
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    message,
                    cause);
        }
        AwsError error = code >= HttpStatus.INTERNAL_SERVER_ERROR_500
                ? new AwsError(code, "InternalError", "local-aws failed: its log says why")
                : new AwsError(code, "InvalidRequest", HttpStatus.getMessage(code));
        error.reply(AwsService.S3, "").send(response, callback);
    }
}
