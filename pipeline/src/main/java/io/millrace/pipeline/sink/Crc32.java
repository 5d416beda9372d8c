package io.millrace.pipeline.sink;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/** A content's CRC-32, as S3 wants it said (API reference, PutObject: x-amz-checksum-crc32). */
final class Crc32 {

    private static final int SCRATCH_BYTES = 8 << 10;

    private Crc32() {}

    static String base64(Iterable<ByteBuffer> slices) {
        CRC32 crc = new CRC32();
        // Of read-only views the CRC would make a copy each, and short ones are not worth a call.
        byte[] scratch = new byte[SCRATCH_BYTES];
        int filled = 0;
        for (ByteBuffer slice : slices) {
            ByteBuffer bytes = slice.duplicate();
            while (bytes.hasRemaining()) {
                int part = Math.min(bytes.remaining(), SCRATCH_BYTES - filled);
                bytes.get(scratch, filled, part);
                filled += part;
                if (filled == SCRATCH_BYTES) {
                    crc.update(scratch, 0, filled);
                    filled = 0;
                }
            }
        }
        crc.update(scratch, 0, filled);
        byte[] value =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(value);
    }
}
