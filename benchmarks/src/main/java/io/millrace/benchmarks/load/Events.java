package io.millrace.benchmarks.load;

import io.millrace.benchmarks.api.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** Log events, made from a seed: the same number gives the same event. Immutable. */
public final class Events {

    private static final List<String> LEVELS = List.of("DEBUG", "INFO", "INFO", "INFO", "WARN", "ERROR");
    private static final List<String> WORDS = List.of(
            "request",
            "finished",
            "upstream",
            "timeout",
            "connection",
            "refused",
            "cache",
            "miss",
            "for",
            "key",
            "user",
            "session",
            "opened",
            "closed",
            "retry",
            "in",
            "ms",
            "payment",
            "accepted",
            "order",
            "shipped",
            "from");

    private final int services;
    private final int hours;
    private final int bytes;

    /**
     * @param services how many of them speak
     * @param hours over how many hours the timestamps spread; services times hours are the output partitions
     * @param bytes about how long an event is
     */
    public Events(int services, int hours, int bytes) {
        this.services = services;
        this.hours = hours;
        this.bytes = bytes;
    }

    /** 300 bytes, 20 services, two hours. */
    public static Events usual() {
        return new Events(20, 2, 300);
    }

    /** The event of that number, which stands in its first field: {@code {"id":"000000042",…}}. */
    public byte[] event(long number) {
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        int service = random.nextInt(services);
        int hour = random.nextInt(hours);
        StringBuilder event = new StringBuilder(bytes + 64);
        event.append("{\"id\":\"").append(String.format("%09d", number));
        event.append("\",\"timestamp\":\"2025-11-");
        two(event, 1 + hour / 24 % 28).append('T');
        two(event, hour % 24).append(':');
        two(event, random.nextInt(60)).append(':');
        two(event, random.nextInt(60)).append(".123Z\",\"service\":\"service-").append(service);
        event.append("\",\"level\":\"").append(LEVELS.get(random.nextInt(LEVELS.size())));
        event.append("\",\"trace_id\":\"").append(Long.toHexString(random.nextLong() | Long.MIN_VALUE));
        event.append("\",\"duration_ms\":").append(random.nextInt(10_000));
        event.append(",\"anomaly_score\":").append(random.nextInt(1_000) / 100.0);
        event.append(",\"retried\":").append(random.nextBoolean());
        event.append(",\"message\":\"");
        while (event.length() < bytes - 2) {
            event.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return event.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder two(StringBuilder out, int number) {
        return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** The number of an event that {@link #event} made, from its bytes. */
    public static int number(byte[] line, int offset) {
        int number = 0;
        for (int i = offset + 7; i < offset + 16; i++) {
            number = number * 10 + line[i] - '0';
        }
        return number;
    }

    /** The real events beside the checkout, where they are; they are no part of the project. */
    public static List<byte[]> real() throws IOException {
        Path file = Options.root().resolveSibling("shared/data/real-logs.jsonl.gz");
        if (!Files.isReadable(file)) {
            return List.of();
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    }
}
