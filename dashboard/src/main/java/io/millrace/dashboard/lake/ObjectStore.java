package io.millrace.dashboard.lake;

import java.util.Optional;

/**
 * The boundary to S3. Implementations are thread-safe and raise {@link software.amazon.awssdk.core.exception.SdkException}.
 */
public interface ObjectStore {

    /** S3's own limit of keys a page. */
    int MAX_KEYS = 1000;

    /**
     * What to list.
     *
     * @param delimiter {@code "/"} to stop at folders, or empty for all keys below the prefix
     * @param startAfter list only keys behind this one; empty for all
     * @param token from the page before; empty for the first page
     */
    record Listing(
            String bucket, String prefix, String delimiter, String startAfter, Optional<String> token, int maxKeys) {

        /** The first page of a folder. */
        public static Listing folder(String bucket, String prefix) {
            return new Listing(bucket, prefix, "/", "", Optional.empty(), MAX_KEYS);
        }

        public Listing next(String nextToken) {
            return new Listing(bucket, prefix, delimiter, startAfter, Optional.of(nextToken), maxKeys);
        }
    }

    ObjectPage list(Listing listing);

    /** The caller closes the content. */
    OpenObject open(String bucket, String key);
}
