package io.millrace.localaws.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Text that clients hand back unread: fields, and a checksum that finds what was cut or mistyped. */
final class OpaqueToken {

    private static final char SEPARATOR = '|';

    private OpaqueToken() {}

    /** @param fields without the character {@code |}, which no name of AWS has */
    static String encode(Object... fields) {
        StringBuilder text = new StringBuilder();
        for (Object field : fields) {
            text.append(field).append(SEPARATOR);
        }
        String checked = text + checksum(text.toString());
        return Base64.getEncoder().encodeToString(checked.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<List<String>> decode(String token, int fields) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int end = text.lastIndexOf(SEPARATOR) + 1;
        List<String> parts = List.of(text.substring(0, end).split("\\|", -1));
        return parts.size() == fields + 1 && text.substring(end).equals(checksum(text.substring(0, end)))
                ? Optional.of(parts.subList(0, fields))
                : Optional.empty();
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
