package io.millrace.lake.testing;

import io.millrace.lake.event.EventTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A way of writing a time, which every reader of events is asked about; they stand in {@code times.txt}.
 *
 * @param json the value of the timestamp field
 * @param time what all readers must make of it
 * @param firstTime what the lake's first two layouts made of it
 */
public record TimeSpelling(String json, Optional<Instant> time, Optional<Instant> firstTime) {

    private static final String NONE = "-";

    /** All of them. */
    public static List<TimeSpelling> all() {
        try (InputStream in = TimeSpelling.class.getResourceAsStream("times.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(TimeSpelling::parse)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("times.txt cannot be read", e);
        }
    }

    private static TimeSpelling parse(String line) {
        String[] parts = line.split(" \\| ", -1);
        Optional<Instant> time = time(parts[1]);
        return new TimeSpelling(parts[0], time, parts[2].equals("=") ? time : time(parts[2]));
    }

    private static Optional<Instant> time(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    /** An event that has this time in the field {@code timestamp}, and what else the text holds. */
    public String event(String others) {
        return "{" + others + "\"timestamp\":" + json + "}";
    }

    /** The second of {@link #time}, or {@link EventTime#NONE}. */
    public long epochSecond() {
        return time.map(Instant::getEpochSecond).orElse(EventTime.NONE);
    }

    @Override
    public String toString() {
        return json;
    }
}
