package io.millrace.ingest.otlp;

/** A body that is no OTLP logs request; the message says where it fails. */
public final class UnreadableOtlpException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableOtlpException(String message, Throwable cause) {
        super(message, cause);
    }
}
