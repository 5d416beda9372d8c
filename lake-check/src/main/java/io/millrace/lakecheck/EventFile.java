package io.millrace.lakecheck;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A file of events, one JSON object a line, plain or gzip; {@code -} is the standard input. It is held in memory as a whole. */
final class EventFile {

    private EventFile() {}

    /**
     * @throws IOException where the file cannot be read
     * @throws UsageException where a line is no JSON object, which would become a dead letter
     */
    static List<ExpectedEvent> read(Path file, EventPlaces places) throws IOException {
        List<ExpectedEvent> events = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    events.add(event(places, file, number, line));
                }
            }
        }
        if (events.isEmpty()) {
            throw new UsageException(file + " holds no event");
        }
        return events;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in =
                new BufferedInputStream(file.toString().equals("-") ? System.in : Files.newInputStream(file), 1 << 16);
        in.mark(2);
        // gzip's magic number (RFC 1952, 2.3.1)
        boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static ExpectedEvent event(EventPlaces places, Path file, long number, String line) {
        try {
            return places.event(number, line, line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UsageException("line " + number + " of " + file + " is not a JSON object", e);
        }
    }
}
