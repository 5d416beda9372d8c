package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.millrace.aws.AwsErrors;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns whatever a handler throws into the one error shape. */
final class ErrorMapping {

    private static final Logger log = LoggerFactory.getLogger(ErrorMapping.class);

    private ErrorMapping() {}

    static void register(RoutesConfig routes) {
        routes.exception(ApiException.class, (e, ctx) -> answer(ctx, e));
        routes.exception(SdkException.class, (e, ctx) -> answer(ctx, fromAws(e)));
        routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, fromJavalin(ctx, e)));
        routes.exception(Exception.class, (e, ctx) -> {
            log.error("{} {} failed", ctx.method(), ctx.path(), e);
            answer(ctx, new ApiException(500, "internal", "The dashboard failed on this request", "See its log"));
        });
    }

    /** Out of memory and the like: there may be no means left to write a body. */
    static void fatal(HttpServletResponse response, Error error) {
        response.setStatus(500);
        log.error("A request failed fatally", error);
    }

    private static void answer(Context ctx, ApiException e) {
        ctx.status(e.status()).json(e.error());
    }

    private static ApiException fromAws(SdkException e) {
        String message = AwsErrors.message(e);
        return switch (AwsErrors.classify(e)) {
            case NOT_FOUND -> new ApiException(404, "not_found", message, "Check the name; it may have been deleted");
            case THROTTLED ->
                new ApiException(429, "throttled", message, "AWS limits the rate of calls: try again in a second");
            case FORBIDDEN ->
                new ApiException(
                        502, "aws_forbidden", message, "Check the credentials and the IAM policy of the dashboard");
            case EXPIRED -> new ApiException(410, "expired", message, "Start again from the first page");
            case INVALID -> new ApiException(400, "invalid", message, "Check the request's parameters");
            case UNREACHABLE ->
                new ApiException(
                        503, "aws_unreachable", message, "Check AWS_ENDPOINT_URL and the network; see /health");
        };
    }

    private static ApiException fromJavalin(Context ctx, HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 ->
                new ApiException(404, "not_found", "There is nothing at " + ctx.path(), "See /api/openapi.json");
            case 405 ->
                new ApiException(
                        405,
                        "method_not_allowed",
                        ctx.method() + " is not allowed",
                        "The dashboard is read-only: use GET");
            default -> new ApiException(e.getStatus(), "bad_request", String.valueOf(e.getMessage()), "");
        };
    }
}
