package io.millrace.producer;

/** Kinesis refused the event for what it is, or it is larger than a record may be: sending it again cannot help. */
public final class RecordRejectedException extends ProducerException {
    private static final long serialVersionUID = 1;

    public RecordRejectedException(String message) {
        super(message);
    }
}
