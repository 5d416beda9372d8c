package io.millrace.pipeline.sink;

/** One bucket, as the commit sees it: the boundary to S3. Implementations are thread-safe. */
public interface ObjectSink {

    /** What became of a put that succeeded. */
    enum Outcome {
        STORED,
        /** An object of that name was there already, and was left as it is. */
        ALREADY_THERE
    }

    /**
     * Stores the object unless one of that name is there; blocks until S3 has answered or a deadline of the
     * implementation's passed.
     *
     * @throws SinkException where it is not known to be stored; the same put may be tried again
     */
    Outcome put(ObjectKey key, ObjectContent content) throws SinkException;

    /** The bucket's name. */
    String bucket();

    /** Where an object lies, for people: {@code s3://bucket/key}. */
    default String location(ObjectKey key) {
        return "s3://" + bucket() + "/" + key;
    }
}
