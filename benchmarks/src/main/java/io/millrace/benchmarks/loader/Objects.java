package io.millrace.benchmarks.loader;

import java.io.ByteArrayOutputStream;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts objects under names of their own. */
record Objects(S3Client s3, String bucket) {

    void put(String folder, ByteArrayOutputStream body) {
        s3.putObject(
                put -> put.bucket(bucket)
                        .key(folder + "/part-" + UUID.randomUUID() + ".jsonl")
                        .contentType("application/x-ndjson"),
                RequestBody.fromBytes(body.toByteArray()));
    }
}
