package io.millrace.producer.internal;

/** Kinesis knows no such stream; within the library only. */
final class StreamMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StreamMissingException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
