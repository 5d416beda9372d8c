package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipTest {

    @Test
    void whatConsumersInflateIsCompressed() throws IOException {
        byte[] data = new byte[Gzip.MOST_BYTES];
        byte[] compressed = Gzip.compress(data);
        assertTrue(compressed.length < data.length / 100);
        assertArrayEquals(data, new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes());
    }

    /** Then it is no record at all: {@code send} refuses it, before the consumer must. */
    @Test
    void whatConsumersDoNotInflateIsNot() {
        byte[] data = new byte[Gzip.MOST_BYTES + 1];
        assertSame(data, Gzip.compress(data));
        assertTrue(data.length > KinesisLimits.RECORD_BYTES);
    }

    @Test
    void whatDoesNotShrinkStaysAsItIs() {
        byte[] data = {1, 2, 3};
        assertSame(data, Gzip.compress(data));
    }
}
