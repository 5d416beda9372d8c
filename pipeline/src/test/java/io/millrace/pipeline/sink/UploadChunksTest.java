package io.millrace.pipeline.sink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UploadChunksTest {

    @Property
    void piecesAreTheSlicesBytesInOrder(@ForAll @Size(max = 300) List<@IntRange(max = 40_000) Integer> lengths) {
        List<ByteBuffer> slices = slices(lengths);
        UploadChunks pieces = new UploadChunks(slices);
        assertArrayEquals(bytes(slices), bytes(pieces));
        assertArrayEquals(bytes(slices), bytes(pieces), "and so they are when asked for again");
        for (ByteBuffer piece : pieces) {
            assertTrue(piece.remaining() <= Math.max(UploadChunks.PIECE_BYTES, longest(lengths)));
        }
    }

    @Property
    void twoNeighboursWouldNotFitIntoOne(
            @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 2_000) Integer> lengths) {
        int before = UploadChunks.PIECE_BYTES;
        for (ByteBuffer piece : new UploadChunks(slices(lengths))) {
            assertTrue(before + piece.remaining() > UploadChunks.PIECE_BYTES);
            before = piece.remaining();
        }
    }

    @Test
    void longSlicesAreNotCopied() {
        byte[] block = new byte[UploadChunks.PIECE_BYTES];
        ByteBuffer piece =
                new UploadChunks(List.of(ByteBuffer.wrap(block))).iterator().next();
        assertTrue(piece.array() == block);
    }

    @Test
    void nothingHasNoPieces() {
        Iterator<ByteBuffer> none = new UploadChunks(List.of()).iterator();
        assertFalse(none.hasNext());
        assertThrows(NoSuchElementException.class, none::next);
    }

    @Test
    void slicesKeepTheirPlaces() {
        List<ByteBuffer> slices = slices(List.of(300, 20_000, 300, 300));
        new UploadChunks(slices).forEach(piece -> piece.position(piece.limit()));
        assertEquals(20_900, slices.stream().mapToInt(ByteBuffer::remaining).sum());
    }

    private static int longest(List<Integer> lengths) {
        return lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static List<ByteBuffer> slices(List<Integer> lengths) {
        List<ByteBuffer> slices = new ArrayList<>();
        byte next = 0;
        for (int length : lengths) {
            byte[] bytes = new byte[length + 2];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = next++;
            }
            slices.add(ByteBuffer.wrap(bytes, 1, length));
        }
        return slices;
    }

    private static byte[] bytes(Iterable<ByteBuffer> buffers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            ByteBuffer view = buffer.duplicate();
            byte[] piece = new byte[view.remaining()];
            view.get(piece);
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }
}
