package io.millrace.lake.partition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Escapes a partition's value as Hive does ({@code org.apache.hadoop.hive.common.FileUtils.escapePathName}), so that
 * Athena, Spark and DuckDB read back what the event said.
 *
 * <p>Beyond Hive: NUL is escaped too; {@code __HIVE_DEFAULT_PARTITION__}, which readers take for null, is escaped in its
 * first character; what no XML listing can hold (lone surrogates, U+FFFE, U+FFFF) becomes U+FFFD; and a value of more
 * than {@value #LIMIT_BYTES} bytes is cut and given 128 bits of its SHA-256, so that two long values stay two.
 */
final class HiveNames {

    /** With {@code service=} before it, below the 255 bytes that file systems allow a name (local copies of the lake). */
    static final int LIMIT_BYTES = 200;

    private static final String DEFAULT_PARTITION = "__HIVE_DEFAULT_PARTITION__";
    private static final String ESCAPED = "\"#%'*/:=?\\\u007F{[]^";
    private static final int HASH_CHARS = 32;
    private static final int HASHED_BYTES = 1024;

    private HiveNames() {}

    static String escape(String value) {
        StringBuilder escaped = new StringBuilder(Math.min(value.length(), LIMIT_BYTES) + 16);
        boolean isDefault = value.equals(DEFAULT_PARTITION);
        int bytes = 0;
        int cut = 0; // where to cut so that the hash still fits
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            String piece = isDefault && i == 0 ? percent(c) : escape(c);
            bytes += piece.getBytes(StandardCharsets.UTF_8).length;
            escaped.append(piece);
            i += Character.charCount(c);
            if (bytes <= LIMIT_BYTES - HASH_CHARS - 1) {
                cut = escaped.length();
            }
            if (bytes > LIMIT_BYTES) {
                return escaped.substring(0, cut) + "-" + hash(value);
            }
        }
        return escaped.toString();
    }

    private static String escape(int c) {
        if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
            return percent(c);
        }
        boolean unlistable =
                c == 0xFFFE || c == 0xFFFF || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return unlistable ? "\uFFFD" : Character.toString(c);
    }

    private static String percent(int c) {
        return "%" + HexFormat.of().withUpperCase().toHexDigits((byte) c);
    }

    private static String hash(String value) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            ByteBuffer block = ByteBuffer.allocate(HASHED_BYTES); // not all at once: it may be long
            for (int i = 0; i < value.length(); i++) {
                block.putChar(value.charAt(i));
                if (!block.hasRemaining()) {
                    sha256.update(block.flip());
                    block.clear();
                }
            }
            sha256.update(block.flip());
            return HexFormat.of().formatHex(sha256.digest(), 0, HASH_CHARS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
