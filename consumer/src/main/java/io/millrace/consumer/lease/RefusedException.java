package io.millrace.consumer.lease;

/**
 * The leases in the table cannot be taken for those of the configured streams, so nothing is read: to begin anew would
 * write everything a second time. Only a person can settle it; the message says how, in one line.
 */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
