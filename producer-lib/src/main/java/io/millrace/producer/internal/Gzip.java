package io.millrace.producer.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Gzip of whole byte arrays. */
final class Gzip {

    /** What Millrace's consumer lets a record inflate to; what is longer, it puts among its dead letters. */
    static final int MOST_BYTES = 16 << 20;

    private Gzip() {}

    /**
     * The data compressed, or as it is where that would not make it smaller, or where it is longer than consumers inflate:
     * then it is longer than any record may be, too.
     */
    static byte[] compress(byte[] data) {
        if (data.length > MOST_BYTES) {
            return data;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(data.length / 2 + 32);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return compressed.size() < data.length ? compressed.toByteArray() : data;
    }
}
