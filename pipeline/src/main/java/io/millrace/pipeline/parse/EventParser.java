package io.millrace.pipeline.parse;

import io.millrace.lake.deadletter.DeadLetterReason;
import io.millrace.lake.event.EventFields;
import io.millrace.lake.event.JsonScanner;
import io.millrace.lake.event.TimeForms;
import io.millrace.lake.event.Utf8;
import io.millrace.pipeline.parse.ParseResult.Malformed;
import io.millrace.pipeline.parse.ParseResult.Parsed;
import java.util.function.Consumer;

/**
 * Splits a record's data into events: JSON objects one after another (on lines of their own or not), or arrays of them.
 *
 * <p>One pass, no tree: every event is validated whole and its bytes are left alone. Around what is malformed, the good
 * events are kept: reading goes on behind it where its end is plain, else at the next line that begins with a brace, and
 * after a broken array not at all. An event nested deeper than {@value JsonScanner#DEPTH_LIMIT} levels is malformed, as are
 * raw NULs, other encodings than UTF-8 and improper UTF-8, and a service, timestamp or id of more than {@value EventFields#TEXT_LIMIT}
 * bytes. A byte order mark is dropped. Of duplicate keys the last one counts. Escaped lone surrogates, escaped NULs and
 * numbers beyond 64 bits are fine.
 *
 * <p>Not thread-safe: one a shard.
 */
public final class EventParser {

    /** After so many malformed pieces the rest of a record is one: its dead letters must not outgrow the memory. */
    static final int ERROR_LIMIT = 1_000;

    private final EventFields fields;
    private final JsonScanner scanner;

    private byte[] data;
    private int end;
    private Consumer<ParseResult> out;
    private int index;
    private int errors;
    /** Where the piece that is being read begins. */
    private int start;

    /** @param dedupeField may be empty: then no id is looked for */
    public EventParser(String serviceField, String timestampField, String dedupeField, TimeForms times) {
        this(new EventFields(serviceField, timestampField, dedupeField, times));
    }

    EventParser(EventFields fields) {
        this.fields = fields;
        this.scanner = new JsonScanner(fields);
    }

    /** Hands every piece of the data's first {@code length} bytes to {@code out}, in order; only of empty arrays none. */
    public void parse(byte[] data, int length, Consumer<ParseResult> out) {
        this.data = data;
        this.end = length;
        this.out = out;
        index = 0;
        errors = 0;
        start = 0;
        int content = skipWhitespace(startsWithMark(data, length) ? 3 : 0);
        if (content == end) {
            malformed(DeadLetterReason.EMPTY, "the record is empty", end);
        }
        start = content;
        while (start < end) {
            if (data[start] == '[') {
                array();
            } else {
                value(false);
            }
            start = skipWhitespace(start);
        }
        fields.reset();
        this.data = null;
        this.out = null;
    }

    /** Reads an array's elements, or as many as there are until it is broken. */
    private void array() {
        int opening = start;
        start = skipWhitespace(start + 1);
        boolean more = !closes();
        while (more && value(true) && errors < ERROR_LIMIT) {
            start = skipWhitespace(start);
            more = !closes();
            if (more && (start == end || data[start] != ',')) {
                String error = "the array that begins at byte " + opening + " has no comma or end here";
                malformed(DeadLetterReason.NOT_JSON, error, end);
                return;
            }
            start = more ? skipWhitespace(start + 1) : start;
        }
    }

    /** Passes over an array's end, if it is here. */
    private boolean closes() {
        boolean closes = start < end && data[start] == ']';
        start += closes ? 1 : 0;
        return closes;
    }

    /**
     * Hands over the value that begins at {@link #start}, or what is there in its place, and moves that behind it.
     *
     * @return whether it was a value
     */
    private boolean value(boolean inArray) {
        int after;
        try {
            after = scanner.value(data, start, end);
        } catch (RuntimeException e) { // a defect of ours: met again at each start, it would stop the shard for good
            malformed(
                    DeadLetterReason.INTERNAL_ERROR,
                    "reading it failed with " + e.getClass().getName(),
                    behind(inArray));
            return false;
        }
        if (after == JsonScanner.NONE) {
            malformed(scanner.reason(), scanner.error(), behind(inArray));
            return false;
        }
        boolean isObject = data[start] == '{';
        if (!isObject && !inArray && after < end && skipWhitespace(after) == after) {
            String error = "byte " + (after - start) + " of it follows a value without white space";
            malformed(DeadLetterReason.NOT_JSON, error, behind(false));
            return false;
        }
        if (scanner.reason() != null) {
            malformed(scanner.reason(), scanner.error(), after);
        } else if (!isObject) {
            malformed(DeadLetterReason.NOT_AN_OBJECT, "it is JSON, but no object", after);
        } else {
            event(after);
        }
        return true;
    }

    private void event(int after) {
        index++;
        out.accept(new Parsed(
                data,
                start,
                after - start,
                scanner.hasLineBreaks(),
                fields.service(),
                fields.epochSecond(),
                fields.id()));
        start = after;
    }

    /** Where reading goes on behind what has no end that could be found. */
    private int behind(boolean inArray) {
        return inArray ? end : resumeAfter(start);
    }

    /** The piece from {@link #start} to {@code after} is malformed; reading goes on behind it. */
    private void malformed(DeadLetterReason reason, String error, int after) {
        errors++;
        boolean tooMany = errors >= ERROR_LIMIT;
        DeadLetterReason told = tooMany ? DeadLetterReason.TOO_MANY_ERRORS : reason;
        if (told == DeadLetterReason.NOT_JSON && !Utf8.isProper(data, start, after)) {
            told = DeadLetterReason.INVALID_UTF8;
        }
        int to = tooMany ? end : after;
        out.accept(new Malformed(told, error, data, start, to - start, index++));
        start = to;
    }

    /** Where the next line begins that begins with a brace. */
    private int resumeAfter(int from) {
        for (int i = from; i < end - 1; i++) {
            if (data[i] == '\n' && data[i + 1] == '{') {
                return i + 1;
            }
        }
        return end;
    }

    private int skipWhitespace(int from) {
        int i = from;
        while (i < end && (data[i] == ' ' || data[i] == '\n' || data[i] == '\r' || data[i] == '\t')) {
            i++;
        }
        return i;
    }

    private static boolean startsWithMark(byte[] data, int length) {
        return length >= 3 && data[0] == (byte) 0xEF && data[1] == (byte) 0xBB && data[2] == (byte) 0xBF;
    }
}
