package io.millrace.consumer.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads one record after another with one Jackson parser: making a parser takes as long as reading an event of 400 bytes.
 * Only for records of objects; whatever else comes, the caller reads anew with a parser of its own, whose errors do not
 * tell of earlier records.
 *
 * <p>Not thread-safe.
 */
final class ReusedParser {

    /** What {@link #object} returns where there is no valid object. */
    static final int NONE = -1;

    /** A parser remembers every field name that it met, so it must not live for ever. */
    private static final int RECORDS = 1_000;

    private final KnownNames names;
    private final EventScanner scanner;
    private final Feed feed = new Feed();

    private JsonParser json;
    private int recordsLeft;
    /** The parser's offset of the record's first byte. */
    private long base;

    ReusedParser(KnownNames names, EventScanner scanner) {
        this.names = names;
        this.scanner = scanner;
    }

    /** Begins to read these bytes, of which the first is an object's brace. */
    void begin(byte[] data, int from, int to) {
        if (recordsLeft == 0) {
            renew();
        }
        recordsLeft--;
        feed.give(data, from, to);
        base = feed.taken - from;
    }

    /**
     * Reads an object and what the scanner wants of it.
     *
     * @return the index behind it in the bytes given, or {@link #NONE}
     */
    int object() {
        try {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                scanner.scan(json);
                return (int) (json.currentLocation().getByteOffset() - base);
            }
        } catch (IOException | RuntimeException e) {
            // The caller reads it again, and says what is wrong.
        }
        abandon();
        return NONE;
    }

    /** Forgets what is left of the bytes given. */
    void abandon() {
        recordsLeft = 0;
    }

    /** Holds the last record's data no longer. */
    void letGo() {
        feed.give(Feed.START, 0, 0);
    }

    /** Begins with a parser of its own next time. */
    void close() {
        abandon();
        try {
            if (json != null) {
                json.close(); // so that the next one knows the names
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing memory failed", e);
        }
        json = null;
    }

    private void renew() {
        close();
        try {
            feed.taken = 0;
            feed.give(Feed.START, 0, Feed.START.length);
            json = names.factory().createParser(feed);
            recordsLeft = RECORDS;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** Hands a record's bytes over, and then says that there are no more until the next record is given. */
    private static final class Feed extends InputStream {

        /** Jackson guesses the encoding by the first bytes: these say UTF-8. */
        private static final byte[] START = {' ', ' ', ' ', ' '};

        private byte[] data;
        private int at;
        private int end;
        private long taken;

        void give(byte[] bytes, int from, int to) {
            data = bytes;
            at = from;
            end = to;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int part = Math.min(length, end - at);
            if (part == 0) {
                return -1;
            }
            System.arraycopy(data, at, into, offset, part);
            at += part;
            taken += part;
            return part;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }
    }
}
