package io.millrace.dashboard.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Packs records into one as the Kinesis Producer Library does. */
public final class Aggregate {

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    private Aggregate() {}

    /** @param data each under the partition key {@code k0}, {@code k1}, … */
    public static byte[] of(List<String> data) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int i = 0; i < data.size(); i++) {
            field(message, 0x0A, ("k" + i).getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < data.size(); i++) {
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            record.write(0x08);
            varint(record, i);
            field(record, 0x1A, data.get(i).getBytes(StandardCharsets.UTF_8));
            field(message, 0x1A, record.toByteArray());
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(MAGIC);
            out.write(message.toByteArray());
            out.write(MessageDigest.getInstance("MD5").digest(message.toByteArray()));
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void field(ByteArrayOutputStream out, int tag, byte[] bytes) {
        out.write(tag);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void varint(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
