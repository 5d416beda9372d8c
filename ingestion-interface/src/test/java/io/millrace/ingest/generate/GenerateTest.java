package io.millrace.ingest.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
    private static final Instant NOW = Instant.parse("2025-11-09T13:24:33Z");

    private static List<String> madeUp(long seed, int events) throws IOException {
        List<String> made = new ArrayList<>();
        try (EventSource source = new MadeUpSource(seed, 6, "run", () -> NOW)) {
            for (int i = 0; i < events; i++) {
                made.add(new String(source.next(), StandardCharsets.UTF_8));
            }
        }
        return made;
    }

    @Test
    void madeUpLogsAreJsonOfSeveralServicesWithUniqueIds() throws IOException {
        ObjectMapper json = new ObjectMapper();
        TreeSet<String> ids = new TreeSet<>();
        TreeSet<String> services = new TreeSet<>();
        TreeSet<String> types = new TreeSet<>();
        for (String event : madeUp(1, 2000)) {
            JsonNode log = json.readTree(event);
            ids.add(log.get("event_id").asText());
            services.add(log.get("service").asText());
            types.add(log.get("log_type").asText());
            assertEquals(NOW, Instant.parse(log.get("timestamp").asText()));
        }
        assertEquals(2000, ids.size());
        assertEquals(6, services.size());
        assertEquals(4, types.size());
    }

    @Test
    void theSameSeedMakesTheSameLogs() throws IOException {
        assertEquals(madeUp(7, 100), madeUp(7, 100));
        assertTrue(!madeUp(7, 100).equals(madeUp(8, 100)));
    }

    @Test
    void aFilesLinesAreSentAsTheyAreGzippedToo(@TempDir Path folder) throws IOException {
        String lines = "{\"a\":1}\n\n{\"b\": 2}\r\n{\"ü\":3}";
        Path plain = Files.writeString(folder.resolve("logs.jsonl"), lines);
        Path gzipped = folder.resolve("logs.jsonl.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : List.of(plain, gzipped)) {
            List<String> read = new ArrayList<>();
            try (EventSource source = new FileSource(file)) {
                for (byte[] event = source.next(); event != null; event = source.next()) {
                    read.add(new String(event, StandardCharsets.UTF_8));
                }
            }
            assertEquals(List.of("{\"a\":1}", "{\"b\": 2}", "{\"ü\":3}"), read);
        }
    }

    @Test
    void wrongOptionsAreAllToldAtOnce() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Generate.run(
                List.of("--rate", "fast", "--services", "0"), Map.of(), System.out, new PrintStream(err, true));

        assertEquals(2, status);
        assertEquals(2, err.toString(StandardCharsets.UTF_8).lines().count(), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aDisabledProducerTakesALoadWithoutKinesis() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Generate.run(
                List.of("--events", "100"), Map.of("KINESIS_ENABLED", "false"), new PrintStream(out, true), System.err);
        assertEquals(0, status, out.toString(StandardCharsets.UTF_8));
    }
}
