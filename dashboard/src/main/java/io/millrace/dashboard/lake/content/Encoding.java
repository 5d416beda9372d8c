package io.millrace.dashboard.lake.content;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How an object is compressed, told by its first bytes, for names and headers may be wrong. */
public enum Encoding {
    PLAIN,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 * 1024;
    private static final int MAGIC_BYTES = 4;

    /** 8 MiB: what levels up to 19 use. Its memory is taken outside the heap, so a hostile header must not choose more. */
    private static final int MAX_ZSTD_WINDOW_LOG = 23;

    /** The content without its compression, and what that was. */
    public record Decoded(Encoding encoding, InputStream stream) {}

    /**
     * Looks at the first bytes and undoes the compression. Closing the result closes {@code stored}.
     *
     * @throws IOException where the first bytes promise what follows does not keep
     */
    public static Decoded decode(InputStream stored) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stored, BUFFER);
        in.mark(MAGIC_BYTES);
        byte[] magic = in.readNBytes(MAGIC_BYTES);
        in.reset();
        if (startsWith(magic, 0x1f, 0x8b)) {
            return new Decoded(GZIP, new GZIPInputStream(in, BUFFER));
        }
        if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
            return new Decoded(ZSTD, new ZstdInputStream(in).setLongMax(MAX_ZSTD_WINDOW_LOG));
        }
        return new Decoded(PLAIN, in);
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
