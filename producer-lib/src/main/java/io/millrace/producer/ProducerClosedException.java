package io.millrace.producer;

/** The producer is closed or closing; the event was not accepted. */
public final class ProducerClosedException extends ProducerException {
    private static final long serialVersionUID = 1;

    public ProducerClosedException(String message) {
        super(message);
    }
}
