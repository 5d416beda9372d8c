package io.millrace.pipeline.sink;

import java.util.Map;

/**
 * How objects are stored. None of it decides their names or bytes.
 *
 * @param storageClass S3's name, such as {@code STANDARD_IA}; empty for the bucket's default
 * @param tags at most 10, which is S3's limit
 */
public record ObjectSettings(Encryption encryption, String storageClass, Map<String, String> tags) {

    /** docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
    private static final int TAG_LIMIT = 10;

    public ObjectSettings {
        tags = Map.copyOf(tags);
        if (tags.size() > TAG_LIMIT) {
            throw new IllegalArgumentException("an object has at most " + TAG_LIMIT + " tags, not " + tags.size());
        }
    }

    /** All as the bucket has it. */
    public static ObjectSettings bucketDefaults() {
        return new ObjectSettings(new Encryption.BucketDefault(), "", Map.of());
    }

    /** Server-side encryption. */
    public sealed interface Encryption {

        /** As the bucket has it. */
        record BucketDefault() implements Encryption {}

        /** SSE-S3. */
        record S3Managed() implements Encryption {}

        /** SSE-KMS. */
        record Kms(String keyId) implements Encryption {}
    }
}
