package io.millrace.pipeline.sink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressorTest {

    @ParameterizedTest
    @EnumSource(Compression.class)
    void theSameLinesGiveTheSameBytesWhichGiveTheLines(Compression compression) throws IOException {
        byte[] lines = new byte[300_000];
        new Random(1).nextBytes(lines);
        byte[] first = bytes(Compressor.content(slices(lines, 1_000), compression));
        byte[] again = bytes(Compressor.content(slices(lines, 77_777), compression));
        assertArrayEquals(first, again);
        try (InputStream in = open(compression, new ByteArrayInputStream(first))) {
            assertArrayEquals(lines, in.readAllBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void nothingIsFineToo(Compression compression) throws IOException {
        ObjectContent content = Compressor.content(List.of(), compression);
        assertEquals(bytes(content).length, content.length());
        try (InputStream in = open(compression, new ByteArrayInputStream(bytes(content)))) {
            assertEquals(0, in.readAllBytes().length);
        }
    }

    private static InputStream open(Compression compression, InputStream in) throws IOException {
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in);
            case ZSTD -> new ZstdInputStream(in);
        };
    }

    private static List<ByteBuffer> slices(byte[] bytes, int size) {
        List<ByteBuffer> slices = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += size) {
            slices.add(
                    ByteBuffer.wrap(bytes, i, Math.min(size, bytes.length - i)).asReadOnlyBuffer());
        }
        return slices;
    }

    private static byte[] bytes(ObjectContent content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer slice : content.slices()) {
            byte[] piece = new byte[slice.remaining()];
            slice.duplicate().get(piece);
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
