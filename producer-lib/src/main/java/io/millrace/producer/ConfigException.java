package io.millrace.producer;

/** The configuration cannot work; the message lists every problem, one a line. */
public final class ConfigException extends ProducerException {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }
}
