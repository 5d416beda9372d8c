package io.millrace.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** A service that takes a call and never answers. */
class CallDeadlineIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration DEADLINE = Duration.ofMillis(500);

    @BeforeEach
    void nobodyAnswers() {
        aws.createBucket("silent");
        aws.s3().putObject(put -> put.bucket("silent").key("object"), RequestBody.fromString("x"));
    }

    @Test
    void aCallEndsAtItsDeadlineButOneThatStreamsOrHasItsOwn() {
        try (S3AsyncClient s3 = client()) {
            aws.faults().add(Fault.delay("s3:*", SILENCE));
            CompletionException late = assertThrows(
                    CompletionException.class,
                    () -> s3.headBucket(head -> head.bucket("silent")).join());
            assertInstanceOf(ApiCallTimeoutException.class, late.getCause());
            assertEquals(
                    "x",
                    s3.getObject(get -> get.bucket("silent").key("object"), AsyncResponseTransformer.toBytes())
                            .join()
                            .asUtf8String());
            s3.putObject(
                            put -> put.bucket("silent")
                                    .key("other")
                                    .overrideConfiguration(own -> own.apiCallTimeout(SILENCE.multipliedBy(10))),
                            AsyncRequestBody.fromString("y"))
                    .join();
        }
    }

    private static S3AsyncClient client() {
        AwsAccess access = AwsAccess.of(Optional.of(aws.endpoint()), Optional.of("us-east-1"));
        return access.configureS3(S3AsyncClient.builder())
                .overrideConfiguration(override -> override.addExecutionInterceptor(
                        new CallDeadline(DEADLINE, DEADLINE, Set.of(GetObjectRequest.class))))
                .build();
    }
}
