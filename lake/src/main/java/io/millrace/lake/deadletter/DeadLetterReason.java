package io.millrace.lake.deadletter;

/** Why a piece is no event; the names are part of the dead letters' layout. */
public enum DeadLetterReason {
    EMPTY("empty"),
    NOT_JSON("not-json"),
    NOT_AN_OBJECT("not-an-object"),
    INVALID_UTF8("invalid-utf8"),
    TOO_DEEP("too-deep"),
    TOO_LONG("too-long"),
    TOO_MANY_ERRORS("too-many-errors"),
    TOO_MANY_PARTITIONS("too-many-partitions"),
    GZIP_CORRUPT("gzip-corrupt"),
    GZIP_TOO_LARGE("gzip-too-large"),
    INTERNAL_ERROR("internal-error");

    private final String text;

    DeadLetterReason(String text) {
        this.text = text;
    }

    /** As it stands in the object's key and in the dead letter. */
    public String text() {
        return text;
    }
}
