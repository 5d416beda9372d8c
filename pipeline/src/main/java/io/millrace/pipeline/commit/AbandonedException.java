package io.millrace.pipeline.commit;

/** A commit ended unfinished because it was told to, or its thread was interrupted; the next owner finishes it. */
public final class AbandonedException extends Exception {

    public AbandonedException(String message) {
        super(message);
    }
}
