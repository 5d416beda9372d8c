package io.millrace.producer;

/** The root of what a producer raises; its subclasses say whose fault it is and what can be done. */
public class ProducerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ProducerException(String message) {
        super(message);
    }

    public ProducerException(String message, Throwable cause) {
        super(message, cause);
    }
}
