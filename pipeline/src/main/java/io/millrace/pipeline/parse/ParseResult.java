package io.millrace.pipeline.parse;

import io.millrace.lake.deadletter.DeadLetterReason;
import io.millrace.lake.event.EventTime;

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
    record Malformed(DeadLetterReason reason, String error, byte[] data, int offset, int length, int index)
            implements ParseResult {}
}
