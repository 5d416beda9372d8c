package io.millrace.pipeline.sink;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects bytes in blocks, without ever copying or doubling what it has. */
final class SlicedOutput extends OutputStream {

    private static final int FIRST_BLOCK_BYTES = 2 << 10;
    private static final int BLOCK_BYTES = 32 << 10;

    private final List<ByteBuffer> blocks = new ArrayList<>();
    private ByteBuffer block = ByteBuffer.allocate(0);

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (!block.hasRemaining()) {
                block = ByteBuffer.allocate(blocks.isEmpty() ? FIRST_BLOCK_BYTES : BLOCK_BYTES);
                blocks.add(block);
            }
            int part = Math.min(left, block.remaining());
            block.put(source, from, part);
            from += part;
            left -= part;
        }
    }

    /** What was written, as read-only views. */
    List<ByteBuffer> slices() {
        List<ByteBuffer> slices = new ArrayList<>(blocks.size());
        for (ByteBuffer written : blocks) {
            slices.add(written.duplicate().flip().asReadOnlyBuffer());
        }
        return slices;
    }
}
