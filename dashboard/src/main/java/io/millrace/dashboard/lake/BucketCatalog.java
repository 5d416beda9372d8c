package io.millrace.dashboard.lake;

import io.millrace.dashboard.config.AllowList;
import io.millrace.dashboard.util.Cached;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** The buckets of the account that the dashboard may show. Thread-safe; S3 is asked at most once in {@link #MAX_AGE}. */
public final class BucketCatalog {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    private final AllowList allowed;
    private final Cached<List<BucketInfo>> buckets;

    public BucketCatalog(S3Client s3, AllowList allowed, InstantSource clock) {
        this.allowed = allowed;
        this.buckets = new Cached<>(
                () -> s3.listBuckets().buckets().stream()
                        .filter(bucket -> allowed.permits(bucket.name()))
                        .map(bucket -> new BucketInfo(bucket.name(), bucket.creationDate()))
                        .toList(),
                MAX_AGE,
                clock);
    }

    public List<BucketInfo> list() {
        return buckets.get();
    }

    /** Whether the bucket may be shown; it need not exist. */
    public boolean permits(String name) {
        return allowed.permits(name);
    }
}
