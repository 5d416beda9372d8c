package io.millrace.dashboard.http;

import io.millrace.dashboard.lake.BucketCatalog;
import io.millrace.dashboard.stream.StreamCatalog;

/** The allow-lists, as every route applies them. What is not permitted is answered as what is not there. */
public final class Permissions {

    private final StreamCatalog streams;
    private final BucketCatalog buckets;

    public Permissions(StreamCatalog streams, BucketCatalog buckets) {
        this.streams = streams;
        this.buckets = buckets;
    }

    /** The name where that stream is there and may be seen. */
    String stream(String name) {
        if (!streams.permits(name)
                || streams.list().stream().noneMatch(stream -> stream.name().equals(name))) {
            throw new ApiException(404, "not_found", "There is no stream '" + name + "'", "See /api/kinesis/streams");
        }
        return name;
    }

    /** The name where that bucket is there and may be seen. */
    String bucket(String name) {
        if (!buckets.permits(name)
                || buckets.list().stream().noneMatch(bucket -> bucket.name().equals(name))) {
            throw new ApiException(404, "not_found", "There is no bucket '" + name + "'", "See /api/s3/buckets");
        }
        return name;
    }
}
