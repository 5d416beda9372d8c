package io.millrace.consumer.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Looks at an event's bytes eight at a time: Jackson says neither where line breaks stand nor whether every byte sequence
 * is proper UTF-8 (it lets overlong forms and encoded surrogates pass, which make DuckDB refuse the whole file). Not
 * thread-safe.
 */
final class RawBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LF = ONES * '\n';
    private static final long CR = ONES * '\r';

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer decoded = CharBuffer.allocate(2048);

    private boolean lineBreaks;
    private boolean ascii;

    /** Looks through the bytes; the other methods tell what was found. */
    void scan(byte[] data, int offset, int length) {
        long breaks = 0;
        long highs = 0;
        int i = offset;
        int end = offset + length;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(data, i);
            highs |= word;
            breaks |= zeroBytes(word ^ LF) | zeroBytes(word ^ CR);
        }
        for (; i < end; i++) {
            highs |= data[i];
            breaks |= data[i] == '\n' || data[i] == '\r' ? HIGHS : 0;
        }
        ascii = (highs & HIGHS) == 0;
        lineBreaks = breaks != 0;
    }

    boolean hasLineBreaks() {
        return lineBreaks;
    }

    boolean isAscii() {
        return ascii;
    }

    boolean isUtf8(byte[] data, int offset, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(data, offset, length);
        decoder.reset();
        while (true) {
            decoded.clear();
            CoderResult result = decoder.decode(bytes, decoded, true);
            if (!result.isOverflow()) {
                return !result.isError();
            }
        }
    }

    /** High bits where bytes are zero, and nothing where none is (Hacker's Delight, 6-1). */
    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
