package io.millrace.consumer.redrive;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket's dead letters, and the notes about which of them were redriven. */
final class LetterBox {

    private static final String NOTES = "_redrive/";
    private static final Duration NOTE_DEADLINE = Duration.ofSeconds(30);

    private final S3AsyncClient s3;
    private final String bucket;

    LetterBox(S3AsyncClient s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** Calls back for each object's key, in the order of keys, a page at a time. */
    void forEachObject(String prefix, Consumer<String> action) {
        ListObjectsV2Request request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        while (request != null) {
            ListObjectsV2Response page = join(s3.listObjectsV2(request));
            page.contents().stream().map(S3Object::key).forEach(action);
            String next = page.nextContinuationToken();
            request = next == null
                    ? null
                    : request.toBuilder().continuationToken(next).build();
        }
    }

    /** Its lines, to be closed. However long the object is, its bytes must go on coming: the HTTP client sees to it. */
    BufferedReader open(String key) {
        return new BufferedReader(new InputStreamReader(
                join(s3.getObject(
                        get -> get.bucket(bucket).key(key), AsyncResponseTransformer.toBlockingInputStream())),
                StandardCharsets.UTF_8));
    }

    /** What of the object was redriven before. */
    DoneLines done(String key) {
        try {
            return DoneLines.parse(join(s3.getObject(
                            get -> get.bucket(bucket)
                                    .key(NOTES + key)
                                    .overrideConfiguration(limit -> limit.apiCallTimeout(NOTE_DEADLINE)),
                            AsyncResponseTransformer.toBytes()))
                    .asUtf8String());
        } catch (NoSuchKeyException e) {
            return new DoneLines();
        }
    }

    /** Notes it. */
    void note(String key, DoneLines done) {
        join(s3.putObject(put -> put.bucket(bucket).key(NOTES + key), AsyncRequestBody.fromString(done.toString())));
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
