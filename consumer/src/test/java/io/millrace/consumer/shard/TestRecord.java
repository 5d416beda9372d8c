package io.millrace.consumer.shard;

import static io.millrace.consumer.testing.Gzipped.gzip;

import io.millrace.consumer.record.Position;
import io.millrace.consumer.record.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A record and what must become of it.
 *
 * @param lines the events, each as the line it must be in the lake
 * @param deadLetters how many of its pieces are malformed
 */
record TestRecord(SourceRecord source, List<String> lines, int deadLetters) {

    private static final Instant ARRIVAL = Instant.parse("2025-11-09T13:10:00Z");

    /** What a record may look like. */
    enum Shape {
        EVENT,
        NEWLINE_DELIMITED,
        ARRAY,
        GZIP,
        OVER_LINES,
        HALF_BAD,
        GARBAGE,
        EMPTY
    }

    /** The same, put again by its producer. */
    TestRecord again(long sequence, int sub) {
        SourceRecord copy = new SourceRecord(Long.toString(sequence), sub, "key", ARRIVAL, source.data());
        return new TestRecord(copy, lines, deadLetters);
    }

    Position position() {
        return source.position();
    }

    static TestRecord of(long sequence, int sub, Shape shape, int service, int hour) {
        String first = event(sequence, sub, 1, service, hour);
        String second = event(sequence, sub, 2, service + 1, hour);
        return switch (shape) {
            case EVENT -> of(sequence, sub, bytes(first), List.of(first), 0);
            case NEWLINE_DELIMITED -> of(sequence, sub, bytes(first + "\n" + second + "\n"), List.of(first, second), 0);
            case ARRAY -> of(sequence, sub, bytes("[" + first + ", " + second + "]"), List.of(first, second), 0);
            case GZIP -> of(sequence, sub, gzip(bytes(first + second)), List.of(first, second), 0);
            case OVER_LINES -> of(sequence, sub, bytes(first.replace(",", ",\n  ")), List.of(first), 0);
            case HALF_BAD ->
                of(sequence, sub, bytes("oops\n" + first + "\n{\"cut\":\n" + second), List.of(first, second), 2);
            case GARBAGE -> of(sequence, sub, bytes("no json at all"), List.of(), 1);
            case EMPTY -> of(sequence, sub, new byte[0], List.of(), 1);
        };
    }

    private static TestRecord of(long sequence, int sub, byte[] data, List<String> lines, int deadLetters) {
        ByteBuffer readOnly = ByteBuffer.wrap(data).asReadOnlyBuffer();
        SourceRecord source = new SourceRecord(Long.toString(sequence), sub, "key", ARRIVAL, readOnly);
        return new TestRecord(source, new ArrayList<>(lines), deadLetters);
    }

    private static String event(long sequence, int sub, int n, int service, int hour) {
        return "{\"id\":\"" + sequence + "-" + sub + "-" + n + "\",\"service\":\"s" + service % 3 + "\",\"app\":\"a"
                + service % 2 + "\",\"timestamp\":\"2025-11-09T0" + hour + ":00:00Z\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
