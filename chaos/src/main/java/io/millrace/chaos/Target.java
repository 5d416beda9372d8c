package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;

/**
 * Where a worker writes to, and how it is told.
 *
 * @param bucket which of the {@link Cloud#BUCKETS}
 * @param byStreams by STREAMS, else by STREAM_NAME and TARGET_BUCKET
 */
record Target(int bucket, boolean byStreams) {

    static final Target FIRST = new Target(0, false);

    Target inNextBucket() {
        return new Target((bucket + 1) % Cloud.BUCKETS.size(), byStreams);
    }

    Target toldOtherwise() {
        return new Target(bucket, !byStreams);
    }

    void tell(ConsumerProcess.Builder builder) {
        String name = Cloud.BUCKETS.get(bucket);
        if (byStreams) {
            builder.unset("STREAM_NAME").unset("TARGET_BUCKET").set("STREAMS", Cloud.NAME + ":" + name);
        } else {
            builder.unset("STREAMS").set("STREAM_NAME", Cloud.NAME).set("TARGET_BUCKET", name);
        }
    }
}
