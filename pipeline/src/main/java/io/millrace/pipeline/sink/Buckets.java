package io.millrace.pipeline.sink;

import java.util.function.Function;

/**
 * Where a shard's batches go: new ones into the bucket that is configured, and a pending commit into the bucket of its
 * plan, whatever is configured since. Immutable and thread-safe.
 *
 * @param current the name of the bucket for new batches
 * @param opener gives the sink of any bucket, by its name; does not ask whether it is there
 */
public record Buckets(String current, Function<String, ObjectSink> opener) {

    /** For a caller that stores no plans, and so never comes back to an earlier bucket. */
    public static Buckets only(ObjectSink sink) {
        return new Buckets(sink.bucket(), name -> sink);
    }

    public ObjectSink sink(String bucket) {
        return opener.apply(bucket);
    }
}
