package io.millrace.consumer.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.consumer.parse.ParseResult.Malformed;
import io.millrace.consumer.parse.ParseResult.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Splits a record's data into events: JSON objects one after another (on lines of their own or not), or arrays of them.
 *
 * <p>One pass, no tree: every event is validated whole and its bytes are left alone. Around what is malformed, the good
 * events are kept: reading goes on at the next line that begins with a brace, after a broken array not at all. An event
 * nested deeper than {@value KnownNames#DEPTH_LIMIT} levels is malformed, as are raw NULs, other encodings than UTF-8 and
 * improper UTF-8, and names, numbers and texts of the fields asked for that are longer than {@value
 * KnownNames#TEXT_LIMIT}. A byte order mark is dropped. Of duplicate keys the last one counts. Escaped lone surrogates,
 * escaped NULs and numbers beyond 64 bits are fine.
 *
 * <p>Not thread-safe: one a shard.
 */
public final class EventParser {

    /** After so many malformed pieces the rest of a record is one: its dead letters must not outgrow the memory. */
    static final int ERROR_LIMIT = 1_000;

    private static final int LONGEST_ERROR = 300;

    private final KnownNames names = new KnownNames();
    private final EventScanner scanner;
    private final ReusedParser reused;
    private final RawBytes raw = new RawBytes();

    private byte[] data;
    private int end;
    private Consumer<ParseResult> out;
    private int index;
    private int errors;
    /** Where the piece that is being read begins. */
    private int start;

    private boolean inArray;
    /** Whether {@link #out} is at work: what it throws is not the data's fault. */
    private boolean delivering;

    /** @param dedupeField may be empty: then no id is looked for */
    public EventParser(String serviceField, String timestampField, String dedupeField) {
        this.scanner = new EventScanner(serviceField, timestampField, dedupeField);
        this.reused = new ReusedParser(names, scanner);
    }

    /** Hands every piece of the data's first {@code length} bytes to {@code out}, in order; at least one. */
    public void parse(byte[] data, int length, Consumer<ParseResult> out) {
        this.data = data;
        this.end = length;
        this.out = out;
        delivering = false;
        index = 0;
        errors = 0;
        start = 0;
        int content = skipWhitespace(startsWithMark(data, length) ? 3 : 0);
        if (content == end) {
            malformed(Reason.EMPTY, "the record is empty", end);
        }
        start = content;
        parseObjects();
        while (start < end) {
            parseFrom(start);
        }
        if (names.hasForgottenAfter(length)) {
            reused.close();
        }
        reused.letGo();
        this.data = null;
        this.out = null;
    }

    /** Reads the record, or as much of it as is one valid object after another; moves {@link #start} behind. */
    private void parseObjects() {
        if (!atObject()) {
            return;
        }
        reused.begin(data, start, end);
        while (atObject()) {
            int after = reused.object();
            if (after == ReusedParser.NONE) {
                return;
            }
            event(after);
            start = Math.max(start, skipWhitespace(after)); // too many errors go on to the end
        }
        if (start < end) {
            reused.abandon();
        }
    }

    private boolean atObject() {
        return start < end - 1 && data[start] == '{' && data[start + 1] != 0;
    }

    /** Reads on until the end, or until something malformed is passed over; moves {@link #start} there. */
    private void parseFrom(int origin) {
        inArray = false;
        if (data[origin] <= ' ' || (origin + 1 < end && data[origin + 1] == 0)) { // else Jackson guesses at UTF-16
            malformed(Reason.NOT_JSON, "it begins with bytes that no JSON begins with", resumeAfter(origin));
            return;
        }
        try (JsonParser json = names.factory().createParser(data, origin, end - origin)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY && !inArray) {
                    inArray = true;
                } else if (token == JsonToken.END_ARRAY) {
                    inArray = false;
                } else {
                    start = origin + (int) json.currentTokenLocation().getByteOffset();
                    piece(json, token, origin);
                }
                start = origin + (int) json.currentLocation().getByteOffset();
            }
            start = end;
        } catch (JsonProcessingException e) {
            malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        } catch (RuntimeException e) {
            if (delivering) {
                throw e;
            }
            malformed(Reason.INTERNAL_ERROR, e.toString(), inArray ? end : resumeAfter(start)); // a defect of Jackson's
        }
    }

    private void piece(JsonParser json, JsonToken token, int origin) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            scanner.scan(json);
            event(origin + (int) json.currentLocation().getByteOffset());
            return;
        }
        json.skipChildren();
        json.finishToken();
        int after = origin + (int) json.currentLocation().getByteOffset();
        malformed(Reason.NOT_AN_OBJECT, "it is no JSON object but " + json.currentToken(), after);
    }

    private void event(int after) {
        raw.scan(data, start, after - start);
        if (!raw.isAscii() && !raw.isUtf8(data, start, after - start)) {
            malformed(Reason.INVALID_UTF8, "it is no proper UTF-8", after);
            return;
        }
        index++;
        deliver(scanner.event(data, start, after - start, raw.hasLineBreaks()));
    }

    private void deliver(ParseResult result) {
        delivering = true;
        out.accept(result);
        delivering = false;
    }

    private void malformed(JsonProcessingException e) {
        start = skipWhitespace(start);
        int after = inArray ? end : resumeAfter(start);
        if (e instanceof StreamConstraintsException limit) {
            beyondLimit(limit, after);
        } else if (raw.isUtf8(data, start, after - start)) {
            malformed(Reason.NOT_JSON, e.getOriginalMessage(), after);
        } else {
            malformed(Reason.INVALID_UTF8, e.getOriginalMessage(), after);
        }
    }

    /**
     * Jackson tells its limits apart by their texts alone, and in them how far it had read, which depends on what it read
     * before: a dead letter must not.
     */
    private void beyondLimit(StreamConstraintsException limit, int after) {
        if (limit.getOriginalMessage().contains("nesting depth")) {
            malformed(Reason.TOO_DEEP, "it is nested deeper than " + KnownNames.DEPTH_LIMIT + " levels", after);
        } else {
            String error = "a field's name, a number, or the service, timestamp or id is longer than ";
            malformed(Reason.TOO_LONG, error + KnownNames.TEXT_LIMIT + " characters", after);
        }
    }

    /** The piece from {@link #start} to {@code after} is malformed; reading goes on behind it. */
    private void malformed(Reason reason, String error, int after) {
        errors++;
        boolean tooMany = errors >= ERROR_LIMIT;
        int to = tooMany ? end : after;
        deliver(new Malformed(
                tooMany ? Reason.TOO_MANY_ERRORS : reason,
                error.substring(0, Math.min(error.length(), LONGEST_ERROR)),
                data,
                start,
                to - start,
                index++));
        start = skipWhitespace(to);
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
