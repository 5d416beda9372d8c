package io.millrace.lakecheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    @TempDir
    Path folder;

    @Test
    void placesAnEventByItsServiceAndItsHourInUtc() throws IOException {
        String event = "{\"timestamp\":\"2025-11-09T00:30:00+02:00\", \"service\":\"a=b/é\"}";
        List<ExpectedEvent> events = EventFile.read(Files.writeString(folder.resolve("e.jsonl"), event + "\n\n"));
        assertEquals(1, events.size());
        assertEquals(
                "service=a%3Db%2Fé/year=2025/month=11/day=08/hour=22/",
                events.get(0).prefix());
        assertEquals(event, new String(events.get(0).bytes(), UTF_8));
    }

    @Test
    void readsGzip() throws IOException {
        Path file = folder.resolve("e.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"timestamp\":\"2025-11-09T13:24:33Z\",\"service\":\"s\"}\n".getBytes(UTF_8));
        }
        assertEquals(1, EventFile.read(file).size());
    }

    @Test
    void namesTheLineThatIsNoEvent() throws IOException {
        Path file = Files.writeString(
                folder.resolve("e.jsonl"),
                "{\"timestamp\":\"2025-11-09T13:24:33Z\",\"service\":\"s\"}\n{\"service\":\"s\"}\n");
        UsageException wrong = assertThrows(UsageException.class, () -> EventFile.read(file));
        assertEquals("line 2 of " + file + " is no JSON event with an ISO-8601 timestamp", wrong.getMessage());
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = Files.createFile(folder.resolve("none.jsonl"));
        assertThrows(UsageException.class, () -> EventFile.read(file));
    }
}
