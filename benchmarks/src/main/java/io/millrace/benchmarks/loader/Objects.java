package io.millrace.benchmarks.loader;

import java.io.ByteArrayOutputStream;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Puts objects under names of their own. */
record Objects(S3AsyncClient s3, String bucket) {

    CompletableFuture<?> put(String folder, ByteArrayOutputStream body) {
        return s3.putObject(
                put -> put.bucket(bucket)
                        .key(folder + "/part-" + UUID.randomUUID() + ".jsonl")
                        .contentType("application/x-ndjson"),
                AsyncRequestBody.fromBytesUnsafe(body.toByteArray()));
    }
}
