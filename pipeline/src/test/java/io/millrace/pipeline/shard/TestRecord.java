package io.millrace.pipeline.shard;

import static io.millrace.pipeline.testing.Gzipped.gzip;

import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A record and what must become of it.
 *
 * @param lines the events, each as the line it must be in the lake
 * @param deadLetters how many of its pieces are malformed, or beyond the limit
 * @param beyond its events that the limit makes dead letters
 */
record TestRecord(SourceRecord source, List<String> lines, int deadLetters, List<String> beyond) {

    /** In the simulation a record's events may go to so many output partitions. */
    static final int PARTITION_LIMIT = 3;

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
        EMPTY,
        SCATTERED
    }

    /** The same, put again by its producer. */
    TestRecord again(long sequence, int sub) {
        SourceRecord copy = new SourceRecord(Long.toString(sequence), sub, "key", ARRIVAL, source.data());
        return new TestRecord(copy, lines, deadLetters, beyond);
    }

    /** What the limit made a dead letter, put back on the stream. */
    TestRecord redriven(long sequence, int sub) {
        List<String> event = beyond.subList(0, 1);
        return new TestRecord(of(sequence, sub, bytes(event.get(0)), event, 0).source(), event, 0, event);
    }

    /** The same with a copy of another record's event before its own. */
    TestRecord ahead(TestRecord copied) {
        List<String> all = new ArrayList<>(copied.lines().subList(0, 1));
        all.addAll(lines);
        all.addAll(beyond);
        return scattered(position(), all);
    }

    private static TestRecord scattered(Position position, List<String> events) {
        byte[] data = bytes(String.join("\n", events));
        List<String> fitting = events.subList(0, PARTITION_LIMIT);
        List<String> beyond = events.subList(PARTITION_LIMIT, events.size());
        long sequence = Long.parseLong(position.sequenceNumber());
        SourceRecord source = of(sequence, (int) position.subSequenceNumber(), data, List.of(), 0)
                .source();
        return new TestRecord(source, List.copyOf(fitting), beyond.size(), List.copyOf(beyond));
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
            case SCATTERED ->
                scattered(
                        new Position(Long.toString(sequence), sub),
                        IntStream.rangeClosed(3, 7)
                                .mapToObj(n -> event(sequence, sub, n, service, n))
                                .toList());
        };
    }

    private static TestRecord of(long sequence, int sub, byte[] data, List<String> lines, int deadLetters) {
        ByteBuffer readOnly = ByteBuffer.wrap(data).asReadOnlyBuffer();
        SourceRecord source = new SourceRecord(Long.toString(sequence), sub, "key", ARRIVAL, readOnly);
        return new TestRecord(source, new ArrayList<>(lines), deadLetters, List.of());
    }

    private static String event(long sequence, int sub, int n, int service, int hour) {
        return "{\"id\":\"" + sequence + "-" + sub + "-" + n + "\",\"service\":\"s" + service % 3 + "\",\"app\":\"a"
                + service % 2 + "\",\"timestamp\":\"2025-11-09T0" + hour + ":00:00Z\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
