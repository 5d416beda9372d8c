package io.millrace.pipeline.sink;

/** A put that failed or was not answered; the message says in one line what happened. */
public final class SinkException extends Exception {

    private final String kind;

    /** @param kind a short, stable name for counting by cause: an error code of S3's, or {@code Timeout} and the like */
    public SinkException(String kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A short, stable name of the cause, such as {@code SlowDown}, {@code AccessDenied}, {@code Timeout}. */
    public String kind() {
        return kind;
    }
}
