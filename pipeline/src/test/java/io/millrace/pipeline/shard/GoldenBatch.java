package io.millrace.pipeline.shard;

import static io.millrace.pipeline.testing.Gzipped.gzip;

import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.parse.Gzip;
import io.millrace.pipeline.record.Aggregates;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.testing.KplRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A batch of fixed records: together they have every form that the consumer takes. Their order and content must stay, for
 * the files of all versions; a new form is a new batch at the end of the list, of the versions from then on.
 */
record GoldenBatch(String name, Compression compression, Optional<String> dedupeField, List<SourceRecord> records) {

    private static final Instant ARRIVAL = Instant.parse("2025-11-09T12:30:00.120Z");
    private static final String EVENT =
            "{\"service\":\"api\",\"timestamp\":\"2025-11-09T13:24:33Z\",\"id\":\"%d\",\"n\":1.50,\"text\":\"\\u00e9 é\"}";

    Layout layout(int version) {
        return new Layout(version, compression, "service", "resource.time", dedupeField);
    }

    static List<GoldenBatch> all(int version) {
        List<GoldenBatch> batches = first();
        if (version >= 3) {
            batches.add(plain("more-times", moreTimes()));
        }
        return batches;
    }

    private static List<GoldenBatch> first() {
        String event = EVENT.formatted(1);
        String lines = event + "\n" + EVENT.formatted(2) + "\r\n" + EVENT.formatted(3);
        List<GoldenBatch> batches = new ArrayList<>();
        batches.add(plain("alone", event));
        batches.add(plain("lines", lines));
        batches.add(plain("array", " [ " + event + " ,\n" + EVENT.formatted(2) + " ] "));
        batches.add(plain("empty-array", "[]"));
        batches.add(plain("mark", "\uFEFF" + event));
        batches.add(plain("line-breaks", event.replace(",", ",\r\n\t") + event.replace("\":", "\" :\n")));
        batches.add(of("gzip", gzip(bytes(lines))));
        batches.add(of("kpl", KplRecords.of("key-2", List.of(bytes(event), gzip(bytes(lines)), bytes("rubbish")))));
        batches.add(plain("times", times().toArray(String[]::new)));
        batches.add(plain("services", services().toArray(String[]::new)));
        batches.add(of("malformed", malformed()));
        batches.add(plain("too-many-errors", event + "\n" + "x\n{\n".repeat(1_002)));
        batches.add(plain("too-many-partitions", scattered(0, 1_002)));
        for (Compression compression : Compression.values()) {
            String name = "as-" + compression.name().toLowerCase(Locale.ROOT);
            batches.add(new GoldenBatch(name, compression, Optional.empty(), records(bytes(lines), bytes("rubbish"))));
        }
        batches.add(withIds("copies", lines, EVENT.formatted(2), "{\"id\":null}", "{\"id\":null}"));
        batches.add(withIds("copies-and-limit", scattered(0, 1), scattered(0, 1_002), scattered(1_001, 1_002)));
        return batches;
    }

    private static List<String> times() {
        Stream<String> times = Stream.of(
                "\"2025-11-09T13:24:33Z\"",
                "\"2025-11-09T13:24:33.123456789Z\"",
                "\"2025-11-09T23:24:33+02:30\"",
                "\"2025-11-09T23:24:33-0330\"",
                "\"2025-11-09T14:24:33\"",
                "\"2025-11-09 15:24:33\"",
                "\"2025-11-09\"",
                "1762694673",
                "1762698273.5",
                "1762701873000",
                "1762705473000000",
                "1762709073000000000",
                "\"1762712673\"",
                "1.762716273e9",
                "-1",
                "99999999999999999999",
                "\"1969-12-31T23:59:59Z\"",
                "\"3000-01-01T00:00:00Z\"",
                "\"yesterday\"",
                "\"\"",
                "null",
                "true",
                "[]");
        return Stream.concat(Stream.of("{\"service\":\"none\"}"), times.map(GoldenBatch::at))
                .collect(Collectors.toList());
    }

    private static String[] moreTimes() {
        try (InputStream in = GoldenBatch.class.getResourceAsStream("/golden-times.txt")) {
            String times = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return times.lines().map(GoldenBatch::at).toArray(String[]::new);
        } catch (IOException e) {
            throw new AssertionError("golden-times.txt cannot be read", e);
        }
    }

    private static String at(String time) {
        return "{\"service\":\"times\",\"resource\":{\"time\":" + time + "}}";
    }

    private static List<String> services() {
        return Stream.of(
                        "\"\"",
                        "\"  \"",
                        "null",
                        "7",
                        "1.50",
                        "true",
                        "{}",
                        "[]",
                        "\"a/b=c:d%e?f*g#\"",
                        "\"tab\\t quote\\\" back\\\\slash\"",
                        "\"\\u0000\\u001f\\u007f\"",
                        "\"caf\\u00e9 \u65e5\u672c \\ud83d\\ude00\"",
                        "\"\\ud800 alone \\uffff\"",
                        "\"__HIVE_DEFAULT_PARTITION__\"",
                        "\"" + "x".repeat(200) + "\"",
                        "\"" + "x".repeat(201) + "\"",
                        "\"" + "=\u65e5".repeat(3_000) + "\"",
                        "\"first\",\"service\":\"last\"")
                .map(service -> "{\"service\":" + service + "}")
                .toList();
    }

    private static byte[][] malformed() {
        byte[] event = bytes(EVENT.formatted(1));
        byte[] cut = gzip(event);
        byte[] badTrailer = gzip(event);
        badTrailer[badTrailer.length - 5] ^= 1;
        return new byte[][] {
            {},
            bytes(" \n "),
            bytes("no json"),
            bytes("oops\n{\"cut\":\n" + EVENT.formatted(1)),
            bytes("[" + EVENT.formatted(1) + ",{\"a\":}," + EVENT.formatted(2) + "]"),
            bytes("[" + EVENT.formatted(1) + " " + EVENT.formatted(2)),
            bytes("1 \"text\" [2] {}x"),
            {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '(', '"', '}'},
            bytes("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
            bytes("{\"service\":\"" + "x".repeat((1 << 20) + 1) + "\"}"),
            Arrays.copyOf(cut, cut.length - 12),
            badTrailer,
            gzip(new byte[Gzip.LIMIT_BYTES + 1]),
            gzip(new byte[0])
        };
    }

    /** Events of a service each, under ids of their own. */
    private static String scattered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"service\":\"s" + i + "\",\"id\":" + i + "}")
                .collect(Collectors.joining("\n"));
    }

    private static GoldenBatch plain(String name, String... data) {
        return of(name, Stream.of(data).map(GoldenBatch::bytes).toArray(byte[][]::new));
    }

    private static GoldenBatch withIds(String name, String... data) {
        return new GoldenBatch(
                name, Compression.NONE, Optional.of("id"), plain(name, data).records());
    }

    private static GoldenBatch of(String name, byte[]... data) {
        return new GoldenBatch(name, Compression.NONE, Optional.empty(), records(data));
    }

    private static List<SourceRecord> records(byte[]... data) {
        List<SourceRecord> records = IntStream.range(0, data.length)
                .mapToObj(i -> new SourceRecord(
                        "4959033827149025660855969253836157109592157598913658" + (8800 + i),
                        0,
                        "key \"1\"",
                        ARRIVAL,
                        ByteBuffer.wrap(data[i]).asReadOnlyBuffer()))
                .toList();
        return Aggregates.takeApart(records);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
