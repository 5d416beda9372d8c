package io.millrace.pipeline.sink;

import io.millrace.pipeline.sink.ObjectSettings.Encryption;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * A bucket in S3. Every put is conditional ({@code If-None-Match: *}): 412 says that the object is there. Thread-safe.
 *
 * <p>It uses the asynchronous client, whose event loops and connections the process has for Kinesis anyway; the body is
 * the batch's own memory, short events aside ({@link UploadChunks}). The client belongs to the caller.
 */
public final class S3ObjectSink implements ObjectSink {

    private static final int PRECONDITION_FAILED = 412;
    /** However slow S3 is, a put that is not answered by then is made again. */
    private static final Duration SHORTEST_DEADLINE = Duration.ofSeconds(30);
    /** Gives a large object 1 MiB/s. */
    private static final long DEADLINE_BYTES_PER_SECOND = 1 << 20;

    private final S3AsyncClient client;
    private final String bucket;
    private final ObjectSettings settings;

    public S3ObjectSink(S3AsyncClient client, String bucket, ObjectSettings settings) {
        this.client = client;
        this.bucket = bucket;
        this.settings = settings;
    }

    @Override
    public Outcome put(ObjectKey key, ObjectContent content) throws SinkException {
        try {
            client.putObject(request(key, content), new Body(content)).join();
            return Outcome.STORED;
        } catch (CompletionException e) {
            return outcome(e.getCause(), key);
        } catch (SdkClientException e) {
            return outcome(e, key);
        }
    }

    @Override
    public String bucket() {
        return bucket;
    }

    private PutObjectRequest request(ObjectKey key, ObjectContent content) {
        Duration deadline = SHORTEST_DEADLINE.plusSeconds(content.length() / DEADLINE_BYTES_PER_SECOND);
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .ifNoneMatch("*")
                .checksumCRC32(Crc32.base64(content.slices()))
                .contentLength(content.length())
                .contentType(content.contentType())
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(deadline));
        content.contentEncoding().ifPresent(request::contentEncoding);
        if (settings.encryption() instanceof Encryption.S3Managed) {
            request.serverSideEncryption(ServerSideEncryption.AES256);
        } else if (settings.encryption() instanceof Encryption.Kms kms) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(kms.keyId());
        }
        if (!settings.storageClass().isEmpty()) {
            request.storageClass(settings.storageClass());
        }
        if (!settings.tags().isEmpty()) {
            request.tagging(tagging());
        }
        return request.build();
    }

    private Tagging tagging() {
        List<Tag> tags = settings.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return Tagging.builder().tagSet(tags).build();
    }

    private Outcome outcome(Throwable failure, ObjectKey key) throws SinkException {
        if (failure instanceof S3Exception answer) {
            if (answer.statusCode() == PRECONDITION_FAILED) {
                return Outcome.ALREADY_THERE;
            }
            String code = Optional.ofNullable(answer.awsErrorDetails())
                    .map(details -> details.errorCode())
                    .orElse("HTTP" + answer.statusCode());
            throw new SinkException(code, location(key) + " was not stored: " + answer.getMessage(), answer);
        }
        String kind = failure instanceof ApiCallTimeoutException ? "Timeout" : "NoAnswer";
        throw new SinkException(kind, location(key) + " may not be stored: " + failure.getMessage(), failure);
    }

    /** The content, as often as a retry of the client's asks for it. */
    private record Body(ObjectContent content) implements AsyncRequestBody {

        @Override
        public Optional<Long> contentLength() {
            return Optional.of(content.length());
        }

        @Override
        public String contentType() {
            return content.contentType();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            SdkPublisher.fromIterable(new UploadChunks(content.slices())).subscribe(subscriber);
        }
    }
}
