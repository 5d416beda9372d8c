package io.millrace.pipeline.parse;

import static io.millrace.pipeline.testing.Gzipped.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipTest {

    private static final byte[] TEXT = "{\"a\":1}\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void aMemberInflatesToWhatItClaims() throws IOException {
        byte[] data = gzip(TEXT);
        assertTrue(Gzip.isGzip(data, data.length));
        assertEquals(TEXT.length, Gzip.claimedLength(data, data.length));
        assertArrayEquals(TEXT, inflate(data, TEXT.length));
    }

    @Test
    void severalMembersInflateToAll() throws IOException {
        byte[] data = concat(gzip(TEXT), gzip("tail".getBytes(StandardCharsets.UTF_8)));
        assertArrayEquals(concat(TEXT, "tail".getBytes(StandardCharsets.UTF_8)), inflate(data, 1 << 20));
    }

    @Test
    void moreThanTheLimitIsSaidNotHeld() throws IOException {
        byte[] data = gzip(TEXT);
        Gzip.Inflated inflated = Gzip.inflate(data, data.length, TEXT.length - 1);
        assertEquals(TEXT.length, inflated.length());
        assertEquals(TEXT.length - 1, inflated.data().length);
    }

    @Test
    void aClaimIsNotBelievedBeyondWhatDeflateHoldsOrTheLimit() throws IOException {
        byte[] data = gzip(TEXT);
        Arrays.fill(data, data.length - 4, data.length, (byte) 0xff);
        assertEquals(data.length * 1032, Gzip.claimedLength(data, data.length));
        byte[] longer = Arrays.copyOf(data, 100_000);
        Arrays.fill(longer, (byte) 0xff);
        assertEquals(Gzip.LIMIT_BYTES, Gzip.claimedLength(longer, longer.length));
        assertThrows(IOException.class, () -> inflate(data, 1 << 20));
    }

    @Test
    void whatIsCutCorruptOrFollowedIsRefused() throws IOException {
        byte[] data = gzip(TEXT);
        for (int length : new int[] {2, 9, 10, 30, data.length - 8, data.length - 1}) {
            assertThrows(IOException.class, () -> inflate(Arrays.copyOf(data, length), 1 << 20), "cut at " + length);
        }
        byte[] corrupt = data.clone();
        corrupt[data.length / 2] ^= 0x55;
        assertThrows(IOException.class, () -> inflate(corrupt, 1 << 20));
        for (String tail : new String[] {"x", "{\"a\":1}", "no gzip at all, but longer than a member's header"}) {
            byte[] followed = concat(data, tail.getBytes(StandardCharsets.UTF_8));
            assertThrows(IOException.class, () -> inflate(followed, 1 << 20), tail);
        }
    }

    @Test
    void jsonIsNoGzip() {
        assertFalse(Gzip.isGzip(TEXT, TEXT.length));
        assertFalse(Gzip.isGzip(new byte[] {0x1f}, 1));
    }

    private static byte[] inflate(byte[] data, int limit) throws IOException {
        Gzip.Inflated inflated = Gzip.inflate(data, data.length, limit);
        return Arrays.copyOf(inflated.data(), inflated.length());
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
