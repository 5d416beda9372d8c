package io.millrace.lakecheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    private static final EventPlaces PLACES = new EventPlaces("service", "timestamp");

    @TempDir
    Path folder;

    @Test
    void placesAnEventByItsServiceAndItsHourInUtc() throws IOException {
        String event = "{\"timestamp\":\"2025-11-09T00:30:00+02:00\", \"service\":\"a=b/é\"}";
        List<ExpectedEvent> events =
                EventFile.read(Files.writeString(folder.resolve("e.jsonl"), event + "\n\n"), PLACES);
        assertEquals(1, events.size());
        assertEquals(
                List.of("service=a%3Db%2Fé/year=2025/month=11/day=08/hour=22/"),
                events.get(0).prefixes(Instant.EPOCH, Instant.EPOCH));
        assertEquals(event, new String(events.get(0).bytes(), UTF_8));
    }

    @Test
    void readsGzip() throws IOException {
        Path file = folder.resolve("e.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"timestamp\":\"2025-11-09T13:24:33Z\",\"service\":\"s\"}\n".getBytes(UTF_8));
        }
        assertEquals(1, EventFile.read(file, PLACES).size());
    }

    @Test
    void namesTheLineThatIsNoEvent() throws IOException {
        Path file = Files.writeString(
                folder.resolve("e.jsonl"), "{\"timestamp\":\"2025-11-09T13:24:33Z\",\"service\":\"s\"}\n[1]\n");
        UsageException wrong = assertThrows(UsageException.class, () -> EventFile.read(file, PLACES));
        assertEquals("line 2 of " + file + " is not a JSON object", wrong.getMessage());
    }

    @Test
    void anEventWithoutATimeLiesInTheDaysThatItMayArriveIn() throws IOException {
        ExpectedEvent event = EventFile.read(
                        Files.writeString(folder.resolve("e.jsonl"), "{\"timestamp\":\"now\"}"), PLACES)
                .get(0);
        assertEquals("unknown", event.service());
        assertEquals(
                List.of("service=unknown/year=2025/month=12/day=31/", "service=unknown/year=2026/month=01/day=01/"),
                event.prefixes(Instant.parse("2025-12-31T23:30:00Z"), Instant.parse("2026-01-01T01:30:00Z")));
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = Files.createFile(folder.resolve("none.jsonl"));
        assertThrows(UsageException.class, () -> EventFile.read(file, PLACES));
    }
}
