package io.millrace.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What an error means to a reader, and whether the service that sent it counts as answering. */
class AwsErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredIteratorException, EXPIRED, true",
        "400, ExpiredNextTokenException, EXPIRED, true",
        "400, ResourceNotFoundException, NOT_FOUND, true",
        "404, NoSuchKey, NOT_FOUND, true",
        "400, InvalidArgumentException, INVALID, true",
        "412, PreconditionFailed, INVALID, true",
        "400, ProvisionedThroughputExceededException, THROTTLED, false",
        "429, , THROTTLED, false",
        "503, SlowDown, THROTTLED, false",
        "403, AccessDenied, FORBIDDEN, false",
        "400, ExpiredTokenException, FORBIDDEN, false",
        "400, UnrecognizedClientException, FORBIDDEN, false",
        "500, InternalFailure, UNREACHABLE, false",
    })
    void eachErrorHasOneMeaning(int status, String code, AwsErrors.Kind kind, boolean isAnswer) {
        AwsServiceException error = AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        assertEquals(kind, AwsErrors.classify(error));
        assertEquals(isAnswer, isAnswer(error));
    }

    @Test
    void silenceIsNoAnswer() {
        SdkClientException silence = SdkClientException.create("connection refused");
        assertEquals(AwsErrors.Kind.UNREACHABLE, AwsErrors.classify(silence));
        assertEquals(false, isAnswer(silence));
        assertEquals(false, isAnswer(new IllegalStateException("a defect")));
    }

    private static boolean isAnswer(Throwable error) {
        Dependency dependency = new Dependency("kinesis", () -> Instant.EPOCH);
        dependency.failed(error);
        return dependency.outage().isEmpty();
    }
}
