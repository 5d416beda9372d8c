package io.millrace.dashboard.lake.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.lake.index.ReadCounts;
import io.millrace.dashboard.testing.FakeStore;
import io.millrace.dashboard.testing.Lake;
import io.millrace.dashboard.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Objects made to do harm, or broken. */
class HostileContentTest {

    private final TestClock clock = new TestClock();
    private final FakeStore store = new FakeStore();
    private final Indexer indexer = new Indexer(store, 10, 1, 100, clock);
    private final ObjectViewer viewer = new ObjectViewer(store, new ReadCounts(indexer), clock);

    @Test
    void aGzipBombStopsAtTheBoundOfBytes() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            writeZeros(gzip, 300 << 20);
        }
        ObjectView view = view(bomb.toByteArray());

        assertEquals("bytes", view.stopped());
        assertTrue(view.scannedBytes() <= ObjectViewer.MAX_BYTES + (1 << 20), () -> "read " + view.scannedBytes());
        assertTrue(view.lines().get(0).text().length() <= LineReader.MAX_LINE_BYTES);
    }

    @Test
    void aZstdHeaderThatAsksForAHugeWindowIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.setLong(27);
            writeZeros(zstd, 1 << 20);
        }
        ObjectView view = view(out.toByteArray());

        assertEquals("broken", view.stopped());
        assertFalse(view.problem().isEmpty());
    }

    @Test
    void aLineOf100MegabytesIsShownByItsBeginningAndNeverHeld() {
        long length = 100L << 20;
        store.put(
                "k",
                length,
                () -> new SequenceInputStream(
                        new Endless(length), new ByteArrayInputStream("\nlast\n".getBytes(StandardCharsets.UTF_8))));
        ObjectView view = viewer.view("b", "k", 0, 10, line -> true);

        assertEquals(LineReader.MAX_LINE_BYTES, view.lines().get(0).text().length());
        assertTrue(view.lines().get(0).cut());
        assertEquals(length, view.lines().get(0).bytes());
        assertEquals("last", view.lines().get(1).text());
    }

    @Test
    void invalidUtf8IsReplacedAndSaid() {
        ObjectView view = view(new byte[] {'a', (byte) 0xff, 'b', '\n', 'c', '\n'});

        assertEquals("a\uFFFDb", view.lines().get(0).text());
        assertTrue(view.lines().get(0).invalid());
        assertFalse(view.lines().get(1).invalid());
    }

    @Test
    void aCutBetweenBytesOfACharacterDoesNotLookInvalid() {
        byte[] line = "é".repeat(40_000).getBytes(StandardCharsets.UTF_8);
        ObjectView view = view(line);

        assertTrue(view.lines().get(0).cut());
        assertFalse(view.lines().get(0).invalid());
    }

    @Test
    void aTruncatedArchiveShowsWhatItHasAndSaysThatItIsBroken() {
        byte[] whole = Lake.gzip("one\ntwo\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        ObjectView view = viewer(Arrays.copyOf(whole, whole.length - 20), 100_000);

        assertEquals("broken", view.stopped());
        assertEquals("one", view.lines().get(0).text());
    }

    @Test
    void somethingThatOnlyLooksLikeAnArchiveIsBrokenAndNoError() {
        assertEquals("broken", view(new byte[] {0x1f, (byte) 0x8b, 0, 0, 0}).stopped());
    }

    @Test
    void emptyObjectsAndLastLinesWithoutABreakAreFine() {
        assertEquals(0, view(new byte[0]).lines().size());
        assertEquals("end", view(new byte[0]).stopped());
        assertEquals(
                "x", view("x".getBytes(StandardCharsets.UTF_8)).lines().get(0).text());
        assertEquals(
                "x",
                view("x\r\n".getBytes(StandardCharsets.UTF_8)).lines().get(0).text());
    }

    private ObjectView view(byte[] content) {
        return viewer(content, 10);
    }

    private ObjectView viewer(byte[] content, int lines) {
        store.put("k", content);
        return viewer.view("b", "k", 0, lines, line -> true);
    }

    private static void writeZeros(OutputStream out, int count) throws IOException {
        byte[] zeros = new byte[1 << 20];
        for (int written = 0; written < count; written += zeros.length) {
            out.write(zeros);
        }
    }

    /** So many times the letter x. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(buffer, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
        }
    }
}
