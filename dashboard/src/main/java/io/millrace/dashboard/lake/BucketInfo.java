package io.millrace.dashboard.lake;

import java.time.Instant;

/** A bucket as ListBuckets tells it. */
public record BucketInfo(String name, Instant createdAt) {}
