package io.millrace.aws;

import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Sorts the SDK's exceptions, in this one place, by what they mean to a reader. */
public final class AwsErrors {

    /** What went wrong, seen from the outside. */
    public enum Kind {
        /** The stream, bucket, object or table does not exist. */
        NOT_FOUND,
        /** AWS limits the rate of calls. */
        THROTTLED,
        /** The credentials do not allow the call, or are not valid. */
        FORBIDDEN,
        /** A token or iterator that AWS gave out earlier is no longer good. */
        EXPIRED,
        /** AWS did not accept what was asked for. */
        INVALID,
        /** No answer, or an answer that says to try later. */
        UNREACHABLE
    }

    private AwsErrors() {}

    public static Kind classify(SdkException error) {
        if (!(error instanceof SdkServiceException service)) {
            return Kind.UNREACHABLE;
        }
        if (service.isThrottlingException()) {
            return Kind.THROTTLED;
        }
        return switch (code(service)) {
            case "ProvisionedThroughputExceededException", "LimitExceededException", "SlowDown" -> Kind.THROTTLED;
            case "ResourceNotFoundException", "NoSuchBucket", "NoSuchKey", "NotFound" -> Kind.NOT_FOUND;
            case "ExpiredIteratorException", "ExpiredNextTokenException" -> Kind.EXPIRED;
            // AWS answers these with 400.
            case "ExpiredTokenException", "ExpiredToken", "InvalidToken", "UnrecognizedClientException" ->
                Kind.FORBIDDEN;
            default -> byStatus(service.statusCode());
        };
    }

    private static String code(SdkServiceException error) {
        if (error instanceof AwsServiceException aws && aws.awsErrorDetails() != null) {
            return Objects.requireNonNullElse(aws.awsErrorDetails().errorCode(), "");
        }
        return "";
    }

    /** The error's text without the SDK's request ids and attempt counts. */
    public static String message(SdkException error) {
        if (error instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && service.awsErrorDetails().errorMessage() != null) {
            return service.awsErrorDetails().errorMessage();
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 404 -> Kind.NOT_FOUND;
            case 401, 403 -> Kind.FORBIDDEN;
            case 429 -> Kind.THROTTLED;
            default -> status >= 400 && status < 500 ? Kind.INVALID : Kind.UNREACHABLE;
        };
    }
}
