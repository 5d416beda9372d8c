package io.millrace.ingest.event;

/** A body in which no events can be found, or too many. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean tooMany;

    private UnreadableException(String message, boolean tooMany) {
        super(message);
        this.tooMany = tooMany;
    }

    static UnreadableException malformed(String message) {
        return new UnreadableException(message, false);
    }

    static UnreadableException tooMany(int most) {
        return new UnreadableException("more than " + most + " events in a request (INGEST_MAX_EVENTS)", true);
    }

    public boolean tooMany() {
        return tooMany;
    }
}
