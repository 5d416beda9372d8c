package io.millrace.pipeline.sink;

import java.nio.charset.StandardCharsets;

/**
 * The name of an object in the bucket: {@code service=api/year=2025/month=11/day=09/hour=13/part-<uuid>.jsonl}, at most
 * {@value #LIMIT_BYTES} bytes of UTF-8.
 */
public record ObjectKey(String value) {

    /** S3's limit (docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html). */
    public static final int LIMIT_BYTES = 1024;

    public ObjectKey {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > LIMIT_BYTES) {
            throw new IllegalArgumentException("an object key is 1 to " + LIMIT_BYTES + " bytes, not " + bytes);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
