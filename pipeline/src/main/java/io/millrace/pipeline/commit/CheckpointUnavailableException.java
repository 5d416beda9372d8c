package io.millrace.pipeline.commit;

/** The lease table does not answer (throttled, away, timed out): the same call may be made again. */
public final class CheckpointUnavailableException extends Exception {

    public CheckpointUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
