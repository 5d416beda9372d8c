package io.millrace.producer;

/** The event was accepted, and could not be delivered within {@code DELIVERY_TIMEOUT} or before the producer closed. */
public final class DeliveryTimeoutException extends ProducerException {
    private static final long serialVersionUID = 1;

    public DeliveryTimeoutException(String message) {
        super(message);
    }
}
