package io.millrace.pipeline.parse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates a record's data, up to a limit. */
public final class Gzip {

    /**
     * What a record may inflate to: more than the 10 MiB that Kinesis takes uncompressed, and little enough for a process of
     * 192 MB to hold the record, its lines and what is being put at once.
     */
    public static final int LIMIT_BYTES = 16 << 20;

    private static final int FIRST_BYTES = 16 << 10;
    /** What a byte of deflate inflates to at most (zlib.net/zlib_tech.html). */
    private static final long MOST_A_BYTE = 1032;
    /** A member's CRC and length. */
    private static final int TRAILER_BYTES = 8;

    private Gzip() {}

    /** The first {@code length} bytes of {@code data}. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Inflated(byte[] data, int length) {}

    public static boolean isGzip(byte[] data, int length) {
        return length >= 2 && data[0] == (byte) 0x1f && data[1] == (byte) 0x8b;
    }

    /**
     * What the data's last four bytes say it inflates to: right for a single sound member, else too small or nonsense, but
     * no more than deflate can hold.
     *
     * @return from {@value #FIRST_BYTES} to {@link #LIMIT_BYTES}
     */
    public static int claimedLength(byte[] data, int length) {
        long claimed = 0;
        for (int i = 1; i <= 4 && i <= length; i++) {
            claimed = claimed << 8 | (data[length - i] & 0xff);
        }
        return (int) Math.max(FIRST_BYTES, Math.min(Math.min(claimed, length * MOST_A_BYTE), LIMIT_BYTES));
    }

    /**
     * Inflates all members into one array of {@code limit} bytes.
     *
     * @return a length of {@code limit + 1} where there are more bytes than that
     * @throws IOException where the data is corrupt, cut short, or followed by something that is no gzip
     */
    public static Inflated inflate(byte[] data, int length, int limit) throws IOException {
        try (WholeInput in = new WholeInput(data, length)) {
            byte[] out = new byte[limit];
            int size = in.readNBytes(out, 0, limit);
            if (size == limit && in.read() >= 0) {
                return new Inflated(out, limit + 1);
            }
            in.checkNothingFollows();
            return new Inflated(out, size);
        }
    }

    /** Its buffer holds the whole input, so what the inflater has not used is what follows the last member. */
    private static final class WholeInput extends GZIPInputStream {

        WholeInput(byte[] data, int length) throws IOException {
            super(new ByteArrayInputStream(data, 0, length), length);
        }

        /** The JDK passes over what follows the last member in silence. */
        void checkNothingFollows() throws IOException {
            int left = inf.getRemaining() - TRAILER_BYTES;
            if (left > 0) {
                throw new IOException(left + " bytes that are no gzip follow its end");
            }
        }
    }
}
