package io.millrace.ingest;

import java.io.IOException;

/** The port cannot be had; the message says what to do. */
final class CannotListenException extends IOException {
    private static final long serialVersionUID = 1;

    CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
