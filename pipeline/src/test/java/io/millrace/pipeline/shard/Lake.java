package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.ZstdInputStream;
import io.millrace.pipeline.record.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The bucket read back: how often each line stands in it, dead letters by the record they came from. */
final class Lake {

    private static final Pattern SOURCE =
            Pattern.compile("\"sequence_number\":\"(\\d+)\",\"sub_sequence_number\":(\\d+)");

    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> deadLetters = new HashMap<>();

    void read(String key, byte[] content) {
        for (String line : text(key, content).split("\n")) {
            if (key.startsWith("_dead-letter/")) {
                Matcher source = SOURCE.matcher(line);
                assertEquals(true, source.find(), line);
                deadLetters.merge(source.group(1) + ":" + source.group(2), 1, Integer::sum);
            } else {
                lines.merge(line, 1, Integer::sum);
            }
        }
    }

    private static String text(String key, byte[] content) {
        try (InputStream in = open(key, new ByteArrayInputStream(content))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(key, e);
        }
    }

    private static InputStream open(String key, InputStream in) throws IOException {
        if (key.endsWith(".jsonl.gz")) {
            return new GZIPInputStream(in);
        }
        return key.endsWith(".jsonl.zst") ? new ZstdInputStream(in) : in;
    }

    /** How often it stands there. */
    int count(String line) {
        return lines.getOrDefault(line, 0);
    }

    /** How many dead letters of one record stand there. */
    int deadLetters(Position record) {
        return deadLetters.getOrDefault(record.toString(), 0);
    }

    /** What stands there. */
    Set<String> lines() {
        return new HashSet<>(lines.keySet());
    }
}
