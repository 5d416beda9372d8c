package io.millrace.consumer.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads CBOR (RFC 8949), one data item after another, from the pieces that it came in; of strings only those of a stated
 * length. Tags are passed over. Not thread-safe.
 */
final class CborReader {

    /** The end of what is open, in place of the next item. */
    private static final int BREAK = 0xFF;

    private static final int NULL = 0xF6;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    /** In place of a length: it ends with a {@link #BREAK}. */
    private static final int OPEN = 31;

    private static final int DEPTH_LIMIT = 16;

    /** What Java puts in the place of what is no UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final List<ByteBuffer> pieces;
    private final int length;

    /** The piece that is being read: its array, and what is left of it. */
    private byte[] data = {};

    private int at;
    private int end;
    private int nextPiece;
    /** How many bytes come before the array's first. */
    private int before;

    /** The lower five bits of an item's first byte, and the number that they stand for or begin. */
    private int additional;

    private long argument;

    /** The string that was read last. */
    private byte[] string = {};

    private int stringAt;
    private int stringLength;

    /** The data is not CBOR, or not the item that was asked for. */
    static final class UnexpectedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnexpectedException(String message) {
            super(message, null, false, false);
        }
    }

    /** @param pieces with arrays of their own; their positions and limits are left as they are */
    CborReader(List<ByteBuffer> pieces) {
        this.pieces = pieces;
        this.length = pieces.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    /** How many bytes have been read. */
    int position() {
        return before + at;
    }

    boolean isAtEnd() {
        return position() == length;
    }

    /** Copies what stands from one position to another. */
    void copy(int from, int to, ByteArrayOutputStream out) {
        int begin = 0;
        for (ByteBuffer piece : pieces) {
            int first = Math.max(0, from - begin);
            int last = Math.min(piece.remaining(), to - begin);
            if (first < last) {
                out.write(piece.array(), piece.arrayOffset() + piece.position() + first, last - first);
            }
            begin += piece.remaining();
        }
    }

    /** Begins a map: how many entries follow, or -1 where {@link #readBreak} tells the end. */
    int beginMap() throws UnexpectedException {
        expect(MAP);
        return entries();
    }

    /** Begins an array: how many items follow, or -1 where {@link #readBreak} tells the end. */
    int beginArray() throws UnexpectedException {
        expect(ARRAY);
        return entries();
    }

    /** Reads the end of what was begun without a length, if it is here. */
    boolean readBreak() {
        return readIf(BREAK);
    }

    /** Reads a text. */
    String text() throws UnexpectedException {
        expect(TEXT);
        takeString();
        String text = new String(string, stringAt, stringLength, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new UnexpectedException("a text of improper UTF-8 before byte " + position());
        }
        return text;
    }

    /** Reads a text or null. */
    String textOrNull() throws UnexpectedException {
        return readIf(NULL) ? null : text();
    }

    /** Reads a text: which one of these it is, or -1. */
    int textOf(byte[][] names) throws UnexpectedException {
        expect(TEXT);
        takeString();
        for (int i = 0; i < names.length; i++) {
            if (names[i].length == stringLength
                    && Arrays.equals(names[i], 0, stringLength, string, stringAt, stringAt + stringLength)) {
                return i;
            }
        }
        return -1;
    }

    /** Reads a byte string: a part of a piece, or a copy where it goes from one into the next. */
    ByteBuffer bytes() throws UnexpectedException {
        expect(BYTES);
        takeString();
        return ByteBuffer.wrap(string, stringAt, stringLength);
    }

    /** Reads an integer. */
    long integer() throws UnexpectedException {
        int major = head();
        if (major > NEGATIVE || argument < 0 || additional == OPEN) {
            throw new UnexpectedException("no integer of 63 bits before byte " + position());
        }
        return major == UNSIGNED ? argument : -1 - argument;
    }

    /** Passes over an item, whatever it is. */
    void skip() throws UnexpectedException {
        skip(0);
    }

    private void skip(int depth) throws UnexpectedException {
        if (depth > DEPTH_LIMIT) {
            throw new UnexpectedException("more than " + DEPTH_LIMIT + " items in each other at byte " + position());
        }
        int major = head();
        switch (major) {
            case BYTES, TEXT -> takeString();
            case ARRAY, MAP -> {
                int itemsPerEntry = major == MAP ? 2 : 1;
                int entries = entries();
                for (int i = 0; entries < 0 ? !readBreak() : i < entries; i++) {
                    for (int item = 0; item < itemsPerEntry; item++) {
                        skip(depth + 1);
                    }
                }
            }
            default -> {
                // Numbers, true, false and null: the head is all of it.
                if (additional == OPEN) {
                    throw new UnexpectedException("an end of nothing before byte " + position());
                }
            }
        }
    }

    private int entries() throws UnexpectedException {
        if (additional == OPEN) {
            return -1;
        }
        return argumentWithin("more items than bytes"); // each takes one at least
    }

    private void takeString() throws UnexpectedException {
        stringLength = argumentWithin("a string beyond the end");
        if (stringLength <= end - at) {
            string = data;
            stringAt = at;
            at += stringLength;
            return;
        }
        string = new byte[stringLength];
        stringAt = 0;
        for (int filled = 0; filled < stringLength; ) {
            hasByte();
            int part = Math.min(end - at, stringLength - filled);
            System.arraycopy(data, at, string, filled, part);
            at += part;
            filled += part;
        }
    }

    private int argumentWithin(String otherwise) throws UnexpectedException {
        if (additional == OPEN || argument < 0 || argument > length - position()) {
            throw new UnexpectedException(otherwise + " at byte " + position());
        }
        return (int) argument;
    }

    private void expect(int expected) throws UnexpectedException {
        int major = head();
        if (major != expected) {
            throw new UnexpectedException(
                    "an item of type " + major + ", not " + expected + ", before byte " + position());
        }
    }

    /** Reads an item's first byte and its number, and the tags before it: what type of item it is. */
    private int head() throws UnexpectedException {
        int major;
        do {
            int first = next();
            major = first >> 5;
            additional = first & 0x1F;
            argument = switch (additional) {
                case 24 -> next();
                case 25 -> bigEndian(2);
                case 26 -> bigEndian(4);
                case 27 -> bigEndian(8);
                case 28, 29, 30 -> throw new UnexpectedException("a reserved length before byte " + position());
                default -> additional;
            };
        } while (major == TAG);
        return major;
    }

    private long bigEndian(int count) throws UnexpectedException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    private int next() throws UnexpectedException {
        if (!hasByte()) {
            throw new UnexpectedException("nothing more after " + length + " bytes");
        }
        return data[at++] & 0xFF;
    }

    private boolean readIf(int wanted) {
        if (!hasByte() || (data[at] & 0xFF) != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /** Whether there is a byte to read; goes on to the next piece where this one is read. */
    private boolean hasByte() {
        while (at == end) {
            if (nextPiece == pieces.size()) {
                return false;
            }
            ByteBuffer piece = pieces.get(nextPiece++);
            int read = position();
            data = piece.array();
            at = piece.arrayOffset() + piece.position();
            end = at + piece.remaining();
            before = read - at;
        }
        return true;
    }
}
