package io.millrace.pipeline.buffer;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes one after another in blocks of {@value #BLOCK_BYTES}, so that it grows without copying and no array is large
 * enough to trouble the collector. Holds less than 2 GiB. Not thread-safe; what is written never changes.
 */
final class ByteLog {

    static final int BLOCK_BYTES = 32 << 10;

    private final List<byte[]> blocks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    long allocatedBytes() {
        return (long) blocks.size() * BLOCK_BYTES;
    }

    /** What appending so many bytes will allocate. */
    long growthFor(long bytes) {
        long missing = size + bytes - allocatedBytes();
        return missing <= 0 ? 0 : (missing + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /** Appends what is written to it. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                append((byte) b);
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                append(source, offset, length);
            }
        };
    }

    void append(byte[] source, int offset, int length) {
        Math.addExact(size, length);
        int from = offset;
        int left = length;
        while (left > 0) {
            int at = size % BLOCK_BYTES;
            if (at == 0) {
                blocks.add(new byte[BLOCK_BYTES]);
            }
            int part = Math.min(left, BLOCK_BYTES - at);
            System.arraycopy(source, from, blocks.get(blocks.size() - 1), at, part);
            size += part;
            from += part;
            left -= part;
        }
    }

    void append(byte b) {
        Math.addExact(size, 1);
        int at = size % BLOCK_BYTES;
        if (at == 0) {
            blocks.add(new byte[BLOCK_BYTES]);
        }
        blocks.get(blocks.size() - 1)[at] = b;
        size++;
    }

    /** A read-only view of the bytes from {@code from} to {@code to}, or of the first of them, as far as one block goes. */
    ByteBuffer slice(int from, int to) {
        int within = from % BLOCK_BYTES;
        int length = Math.min(to - from, BLOCK_BYTES - within);
        return ByteBuffer.wrap(blocks.get(from / BLOCK_BYTES), within, length).asReadOnlyBuffer();
    }
}
