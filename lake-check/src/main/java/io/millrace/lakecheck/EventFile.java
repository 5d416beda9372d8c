package io.millrace.lakecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A file of events, one JSON object a line, plain or gzip; {@code -} is the standard input. It is held in memory as a whole. */
final class EventFile {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd'/hour='HH", Locale.ROOT);

    private EventFile() {}

    /**
     * @throws IOException where the file cannot be read
     * @throws UsageException where a line is no event that has a service and an ISO-8601 timestamp
     */
    static List<ExpectedEvent> read(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<ExpectedEvent> events = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    events.add(event(mapper, file, number, line));
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

    private static ExpectedEvent event(ObjectMapper mapper, Path file, long number, String line) {
        try {
            JsonNode event = mapper.readTree(line);
            String service = event.path("service").asText();
            Instant time =
                    OffsetDateTime.parse(event.path("timestamp").asText()).toInstant();
            if (service.isEmpty()) {
                throw new UsageException("line " + number + " of " + file + " has no service");
            }
            String prefix = "service=" + hiveEscaped(service) + "/" + HOUR.format(time.atOffset(ZoneOffset.UTC)) + "/";
            return new ExpectedEvent(number, line.getBytes(StandardCharsets.UTF_8), service, prefix);
        } catch (IOException | DateTimeParseException e) {
            throw new UsageException(
                    "line " + number + " of " + file + " is no JSON event with an ISO-8601 timestamp", e);
        }
    }

    /** As Hive writes partition values; the set of characters is that of Hive's {@code FileUtils.escapePathName}. */
    private static String hiveEscaped(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == 0x7F || "\"#%'*/:=?\\{[]^".indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
