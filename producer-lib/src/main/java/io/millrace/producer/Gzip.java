package io.millrace.producer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Gzip of whole byte arrays. */
final class Gzip {

    private Gzip() {}

    /** The data compressed, or as it is where that would not make it smaller. */
    static byte[] compress(byte[] data) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(data.length / 2 + 32);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return compressed.size() < data.length ? compressed.toByteArray() : data;
    }
}
