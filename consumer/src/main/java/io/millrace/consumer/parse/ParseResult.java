package io.millrace.consumer.parse;

/** One piece of a record's data: an event, or what could not be read as one. */
public sealed interface ParseResult {

    /**
     * An event: one JSON object, valid from its first byte to its last.
     *
     * @param data the record's data; the event is {@code length} bytes from {@code offset}, and must be copied out before
     *     the next record is parsed
     * @param hasLineBreaks whether raw line breaks stand between its tokens
     * @param service the service field's text; empty where it is absent, null, an object or an array
     * @param epochSecond the timestamp field's time, or {@link EventTime#NONE}
     * @param id the dedupe field's text; empty where it is absent or none is asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares pieces; they are looked at and gone
    record Parsed(
            byte[] data, int offset, int length, boolean hasLineBreaks, String service, long epochSecond, String id)
            implements ParseResult {}

    /**
     * What is no event.
     *
     * @param error one line for people
     * @param data the record's data; the piece is {@code length} bytes from {@code offset}
     * @param index how many pieces of the record came before this one
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    record Malformed(Reason reason, String error, byte[] data, int offset, int length, int index)
            implements ParseResult {}

    /** Why a piece is no event; the names are part of the dead letters' layout. */
    enum Reason {
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

        Reason(String text) {
            this.text = text;
        }

        /** As it stands in the object's key and in the dead letter. */
        public String text() {
            return text;
        }
    }
}
