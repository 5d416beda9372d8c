package io.millrace.pipeline.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.pipeline.sink.ObjectSettings.Encryption;
import io.millrace.pipeline.sink.ObjectSink.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What is asked of S3, and what is made of its answers. */
class S3ObjectSinkTest {

    private static final ObjectKey KEY = new ObjectKey("service=a/part-1.jsonl");

    private final Recorder s3 = new Recorder();

    @Test
    void everyPutIsConditionalAndHasADeadline() throws SinkException {
        put(ObjectSettings.bucketDefaults());
        assertEquals("*", s3.request.ifNoneMatch());
        assertEquals("lake", s3.request.bucket());
        assertEquals(KEY.value(), s3.request.key());
        assertEquals(3L, s3.request.contentLength());
        assertEquals("zstd", s3.request.contentEncoding());
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                s3.request.overrideConfiguration().flatMap(configuration -> configuration.apiCallTimeout()));
        assertNull(s3.request.serverSideEncryption());
        assertNull(s3.request.storageClass());
        assertNull(s3.request.tagging());
    }

    @Test
    void settingsAreAskedFor() throws SinkException {
        put(new ObjectSettings(new Encryption.Kms("key-1"), "STANDARD_IA", Map.of("team", "a & b")));
        assertEquals(ServerSideEncryption.AWS_KMS, s3.request.serverSideEncryption());
        assertEquals("key-1", s3.request.ssekmsKeyId());
        assertEquals("STANDARD_IA", s3.request.storageClassAsString());
        assertEquals("team=a%20%26%20b", s3.request.tagging());
        put(new ObjectSettings(new Encryption.S3Managed(), "", Map.of()));
        assertEquals(ServerSideEncryption.AES256, s3.request.serverSideEncryption());
    }

    @Test
    void theBytesAreCheckedByS3() throws SinkException {
        put(ObjectSettings.bucketDefaults());
        assertEquals("VbyAHQ==", s3.request.checksumCRC32(), "of 1, 2, 3");
    }

    @Test
    void preconditionFailedMeansItIsThere() throws SinkException {
        s3.answer = CompletableFuture.failedFuture(error(412, "PreconditionFailed"));
        assertEquals(Outcome.ALREADY_THERE, put(ObjectSettings.bucketDefaults()));
    }

    @Test
    void everyOtherAnswerIsToBeTriedAgain() {
        assertKind("ConditionalRequestConflict", error(409, "ConditionalRequestConflict"));
        assertKind("SlowDown", error(503, "SlowDown"));
        assertKind("AccessDenied", error(403, "AccessDenied"));
        assertKind(
                "HTTP502",
                S3Exception.builder().statusCode(502).message("bad gateway").build());
        assertKind("Timeout", ApiCallTimeoutException.create(30_000));
        assertKind("NoAnswer", SdkClientException.create("connection refused"));
    }

    private void assertKind(String kind, Throwable failure) {
        s3.answer = CompletableFuture.failedFuture(failure);
        SinkException e = assertThrows(SinkException.class, () -> put(ObjectSettings.bucketDefaults()));
        assertEquals(kind, e.kind());
    }

    private Outcome put(ObjectSettings settings) throws SinkException {
        ObjectContent content = new ObjectContent(
                List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})), 3, "application/x-ndjson", Optional.of("zstd"));
        return new S3ObjectSink(s3, "lake", settings).put(KEY, content);
    }

    private static S3Exception error(int status, String code) {
        AwsErrorDetails details =
                AwsErrorDetails.builder().errorCode(code).errorMessage("no").build();
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(details)
                .build();
    }

    private static final class Recorder implements S3AsyncClient {

        private PutObjectRequest request;
        private CompletableFuture<PutObjectResponse> answer =
                CompletableFuture.completedFuture(PutObjectResponse.builder().build());

        @Override
        public CompletableFuture<PutObjectResponse> putObject(PutObjectRequest request, AsyncRequestBody body) {
            this.request = request;
            return answer;
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
