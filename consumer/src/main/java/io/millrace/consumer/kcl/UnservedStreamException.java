package io.millrace.consumer.kcl;

/** KCL gave this process a shard of a stream that its settings do not name. */
public final class UnservedStreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnservedStreamException(String stream) {
        super("leases of stream " + stream
                + " are in the table, but neither STREAM_NAME nor STREAMS of this worker names it:"
                + " it is not read here; give all workers the same streams");
    }
}
