package io.millrace.consumer.sink;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * An object's bytes in pieces worth sending. Where a batch's events alternate between output partitions, each event is a
 * slice of its own, and the SDK passes every piece through several publishers, a checksum and an encoder: that cost more
 * than all else about an upload. So short slices are copied together, one piece at a time, as the client asks for them.
 */
record Pieces(List<ByteBuffer> slices) implements Iterable<ByteBuffer> {

    static final int PIECE_BYTES = 32 << 10;

    /** From here on a slice is a piece. */
    private static final int SHORT_BYTES = PIECE_BYTES / 2;

    @Override
    public Iterator<ByteBuffer> iterator() {
        return new Cursor();
    }

    private final class Cursor implements Iterator<ByteBuffer> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < slices.size();
        }

        @Override
        public ByteBuffer next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int end = next;
            int length = 0;
            while (end < slices.size() && isShort(end) && length + remaining(end) <= PIECE_BYTES) {
                length += remaining(end++);
            }
            if (end - next < 2) {
                return slices.get(next++).duplicate();
            }
            ByteBuffer piece = ByteBuffer.allocate(length);
            while (next < end) {
                piece.put(slices.get(next++).duplicate());
            }
            return piece.flip();
        }

        private boolean isShort(int slice) {
            return remaining(slice) < SHORT_BYTES;
        }

        private int remaining(int slice) {
            return slices.get(slice).remaining();
        }
    }
}
