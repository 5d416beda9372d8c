package io.millrace.producer;

/** The spill folder cannot be used; the message says why. */
public final class SpillException extends ProducerException {
    private static final long serialVersionUID = 1;

    public SpillException(String message, Throwable cause) {
        super(message, cause);
    }
}
