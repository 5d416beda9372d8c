package io.millrace.pipeline.sink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * An object's bytes in pieces worth sending. Where a batch's events alternate between output partitions, each event is a
 * slice of its own, and the SDK passes every piece through several publishers: that cost more than all else about an
 * upload. So short slices are copied together, one piece at a time, as the client asks for them.
 */
record UploadChunks(Iterable<ByteBuffer> slices) implements Iterable<ByteBuffer> {

    static final int PIECE_BYTES = 32 << 10;

    /** From here on a slice is a piece. */
    private static final int SHORT_BYTES = PIECE_BYTES / 2;

    @Override
    public Iterator<ByteBuffer> iterator() {
        return new Cursor(slices.iterator());
    }

    private static final class Cursor implements Iterator<ByteBuffer> {

        private final Iterator<ByteBuffer> rest;
        private final List<ByteBuffer> together = new ArrayList<>();
        /** The next slice; null where there is none. */
        private ByteBuffer next;

        Cursor(Iterator<ByteBuffer> slices) {
            this.rest = slices;
            advance();
        }

        private void advance() {
            next = rest.hasNext() ? rest.next() : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public ByteBuffer next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            ByteBuffer first = next;
            int length = first.remaining();
            advance();
            if (!isShort(first) || !joins(length)) {
                return first.duplicate();
            }
            together.add(first);
            while (joins(length)) {
                together.add(next);
                length += next.remaining();
                advance();
            }
            ByteBuffer piece = ByteBuffer.allocate(length);
            together.forEach(slice -> piece.put(slice.duplicate()));
            together.clear();
            return piece.flip();
        }

        private boolean joins(int length) {
            return next != null && isShort(next) && length + next.remaining() <= PIECE_BYTES;
        }

        private static boolean isShort(ByteBuffer slice) {
            return slice.remaining() < SHORT_BYTES;
        }
    }
}
