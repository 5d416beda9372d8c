package io.millrace.dashboard.lake;

import io.millrace.dashboard.util.Cached;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** The buckets of the account that the dashboard may show. Thread-safe; S3 is asked at most once in {@link #MAX_AGE}. */
public final class BucketCatalog {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    private final Cached<List<BucketInfo>> buckets;

    public BucketCatalog(S3Client s3, InstantSource clock) {
        this.buckets = new Cached<>(
                () -> s3.listBuckets().buckets().stream()
                        .map(bucket -> new BucketInfo(bucket.name(), bucket.creationDate()))
                        .toList(),
                MAX_AGE,
                clock);
    }

    public List<BucketInfo> list() {
        return buckets.get();
    }
}
