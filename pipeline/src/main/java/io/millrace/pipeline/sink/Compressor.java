package io.millrace.pipeline.sink;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes an object's content from a batch's lines. The same lines give the same bytes: levels are fixed, and neither
 * format's header holds a time or name.
 */
public final class Compressor {

    private static final String CONTENT_TYPE = "application/x-ndjson";
    private static final int ZSTD_LEVEL = 3;

    private Compressor() {}

    /** Uncompressed, the content is the very slices. */
    public static ObjectContent content(Iterable<ByteBuffer> lines, Compression compression) {
        if (compression == Compression.NONE) {
            return new ObjectContent(lines, length(lines), CONTENT_TYPE, compression.contentEncoding());
        }
        SlicedOutput out = new SlicedOutput();
        try (OutputStream compressed = open(compression, out)) {
            byte[] piece = new byte[8192];
            for (ByteBuffer slice : lines) {
                ByteBuffer bytes = slice.duplicate();
                while (bytes.hasRemaining()) {
                    int size = Math.min(piece.length, bytes.remaining());
                    bytes.get(piece, 0, size);
                    compressed.write(piece, 0, size);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("compressing in memory failed", e);
        }
        List<ByteBuffer> slices = out.slices();
        return new ObjectContent(slices, length(slices), CONTENT_TYPE, compression.contentEncoding());
    }

    private static OutputStream open(Compression compression, OutputStream out) throws IOException {
        if (compression == Compression.ZSTD) {
            // Finalizers would keep 128 KiB and a native context for each of a batch's thousands of objects.
            return new ZstdOutputStreamNoFinalizer(out, RecyclingBufferPool.INSTANCE, ZSTD_LEVEL).setChecksum(true);
        }
        return new GzipOutput(out);
    }

    private static long length(Iterable<ByteBuffer> slices) {
        long length = 0;
        for (ByteBuffer slice : slices) {
            length += slice.remaining();
        }
        return length;
    }

    /** The JDK's, which writes no time into the header, at a level of our choice. */
    private static final class GzipOutput extends GZIPOutputStream {

        GzipOutput(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.DEFAULT_COMPRESSION);
        }
    }
}
