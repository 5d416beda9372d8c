package io.millrace.pipeline.commit;

/** The shard's lease belongs to another worker now: nothing more may be written for it. Final. */
public final class LeaseLostException extends Exception {

    public LeaseLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
