package io.millrace.dashboard.lake.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Splits a stream into lines without ever holding more than a bounded part of one: of a longer line the beginning is kept
 * and the rest is counted. Used by one thread.
 */
public final class LineReader {

    /** Beyond it a line is cut. Longer than any sensible log event; Kinesis allows 10 MiB a record. */
    public static final int MAX_LINE_BYTES = 64 * 1024;

    private static final int BUFFER = 32 * 1024;

    private final InputStream in;
    private final ScanBudget budget;
    private final CharsetDecoder strict = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean ended;

    private byte[] line = new byte[1024];
    private int kept;
    private long length;
    private long number;

    public LineReader(InputStream in, ScanBudget budget) {
        this.in = in;
        this.budget = budget;
    }

    /**
     * The next line; null at the end of the stream, or where the budget is used up: {@link #ended} tells which. A line that
     * the budget cuts off in the middle is given as far as it was read.
     *
     * @throws IOException where the stream breaks, or is not validly compressed
     */
    public Line next() throws IOException {
        kept = 0;
        length = 0;
        while (fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(position, end);
            if (end < limit) {
                position = end + 1;
                return take(false);
            }
            position = end;
        }
        return length == 0 ? null : take(!ended);
    }

    /** Whether the stream was read to its end. */
    public boolean ended() {
        return ended;
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        if (ended || budget.reached() != ScanBudget.Limit.NONE) {
            return false;
        }
        int count = in.read(buffer);
        if (count < 0) {
            ended = true;
            return false;
        }
        budget.spend(count);
        position = 0;
        limit = count;
        return true;
    }

    private void append(int from, int to) {
        int count = to - from;
        length += count;
        int room = Math.min(count, MAX_LINE_BYTES - kept);
        if (room > 0) {
            if (kept + room > line.length) {
                line = java.util.Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, Math.max(kept + room, 2 * line.length)));
            }
            System.arraycopy(buffer, from, line, kept, room);
            kept += room;
        }
    }

    private Line take(boolean brokenOff) {
        if (kept == length && kept > 0 && line[kept - 1] == '\r') {
            kept--;
            length--;
        }
        boolean cut = brokenOff || kept < length;
        int end = cut ? wholeCharacters() : kept;
        String text = decode(end);
        if (text != null) {
            return new Line(number++, text, length, cut, false);
        }
        return new Line(number++, new String(line, 0, end, StandardCharsets.UTF_8), length, cut, true);
    }

    /** Null where it is not valid. */
    private String decode(int end) {
        try {
            CharBuffer chars = strict.decode(ByteBuffer.wrap(line, 0, end));
            return chars.toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** A cut in the middle of a character would make valid text look invalid. */
    private int wholeCharacters() {
        int start = kept - 1;
        while (start > 0 && kept - start < 4 && (line[start] & 0xC0) == 0x80) {
            start--;
        }
        return start >= 0 && (line[start] & 0x80) != 0 ? start : kept;
    }
}
