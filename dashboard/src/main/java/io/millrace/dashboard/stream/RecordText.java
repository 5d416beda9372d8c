package io.millrace.dashboard.stream;

import io.millrace.dashboard.lake.content.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A record's data as text and as events. Never unpacks more than {@value #MAX_BYTES} bytes of a record. */
final class RecordText {

    /** A record is at most 10 MiB; a bomb would unpack to gigabytes. */
    static final int MAX_BYTES = 10 << 20;

    private RecordText() {}

    /**
     * A record's data, unpacked.
     *
     * @param gzip whether it was compressed
     * @param cut whether there is more than {@link #MAX_BYTES}, or the archive is broken
     */
    record Unpacked(String text, boolean gzip, boolean cut) {}

    static Unpacked unpack(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
        if (!gzip) {
            return new Unpacked(new String(bytes, StandardCharsets.UTF_8), false, false);
        }
        byte[] unpacked = new byte[0];
        try (InputStream in = Encoding.decode(new ByteArrayInputStream(bytes)).stream()) {
            unpacked = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            return new Unpacked("", true, true);
        }
        boolean cut = unpacked.length > MAX_BYTES;
        return new Unpacked(
                new String(unpacked, 0, Math.min(unpacked.length, MAX_BYTES), StandardCharsets.UTF_8), true, cut);
    }

    /** The events in a record's text: one, or one a line, or the elements of an array. What is none of these is one event. */
    static List<String> events(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("[")) {
            List<String> elements = JsonArray.elements(trimmed);
            if (!elements.isEmpty()) {
                return elements;
            }
        }
        if (trimmed.indexOf('\n') < 0) {
            return List.of(trimmed);
        }
        List<String> lines = new ArrayList<>();
        for (String line : trimmed.lines().toList()) {
            if (!line.isBlank()) {
                lines.add(line);
            }
        }
        // One object printed over several lines is one event.
        return lines.stream()
                        .allMatch(line ->
                                line.strip().startsWith("{") && line.strip().endsWith("}"))
                ? lines
                : List.of(trimmed);
    }
}
