package io.millrace.producer;

/** The buffer had no room for the event within {@code MAX_BLOCK}; the event was not accepted and may be sent again later. */
public final class BufferFullException extends ProducerException {
    private static final long serialVersionUID = 1;

    public BufferFullException(String message) {
        super(message);
    }
}
