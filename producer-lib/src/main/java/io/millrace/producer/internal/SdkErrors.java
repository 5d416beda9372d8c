package io.millrace.producer.internal;

import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** The one place that knows what the SDK's errors mean for the sending. */
final class SdkErrors {
    static final String STREAM_MISSING = "ResourceNotFoundException";

    private static final Set<String> THROTTLES = Set.of(
            "ProvisionedThroughputExceededException",
            "LimitExceededException",
            "KMSThrottlingException",
            "ThrottlingException",
            "RequestLimitExceeded");

    /** Errors that name the request's content; every other one (credentials, keys, the stream's state) may pass. */
    private static final Set<String> REJECTIONS = Set.of(
            "InvalidArgumentException", "ValidationException", "SerializationException", "RequestEntityTooLarge");

    private SdkErrors() {}

    static PutOutcome of(PutRecordsResultEntry entry) {
        if (entry.errorCode() == null) {
            return new PutOutcome.Delivered(entry.shardId(), entry.sequenceNumber());
        }
        return of(entry.errorCode(), String.valueOf(entry.errorMessage()));
    }

    static PutOutcome of(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof AwsServiceException e && e.awsErrorDetails() != null) {
            String code = e.awsErrorDetails().errorCode();
            return of(
                    code == null ? "Http" + e.statusCode() : code,
                    String.valueOf(e.awsErrorDetails().errorMessage()));
        }
        if (cause instanceof AwsServiceException e) {
            return of(e.statusCode() == 413 ? "RequestEntityTooLarge" : "Http" + e.statusCode(), e.getMessage());
        }
        String code = cause instanceof SdkClientException && cause.getCause() != null
                ? cause.getCause().getClass().getSimpleName()
                : cause.getClass().getSimpleName();
        return new PutOutcome.Retryable(code, firstSentence(String.valueOf(cause.getMessage())), false);
    }

    static boolean streamMissing(Throwable failure) {
        return of(failure) instanceof PutOutcome.Retryable retryable
                && retryable.code().equals(STREAM_MISSING);
    }

    private static PutOutcome of(String code, String message) {
        if (REJECTIONS.contains(code)) {
            return new PutOutcome.Rejected(code, message);
        }
        return new PutOutcome.Retryable(code, message, THROTTLES.contains(code));
    }

    /** The SDK's messages go on with advice and diagnostics that fill a screen. */
    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
