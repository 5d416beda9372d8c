package io.millrace.consumer.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.lake.event.EventFields;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.pipeline.parse.Gzip;
import io.millrace.pipeline.testing.Gzipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Records as large as they may be, to a consumer of 192 MB under its default limits of memory: one that ended the process
 * would be met again at each start.
 */
class LargeRecordsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int LARGEST_RECORD = 10 << 20;
    private static final int COPIES = 3;
    private static final String KEY = "key-";

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @RegisterExtension
    final ConsumerFixture fixture = new ConsumerFixture(aws);

    private Feed feed;
    private Lake lake;
    private int records;

    @BeforeEach
    void nameThings() {
        feed = fixture.feed();
        lake = fixture.lake();
    }

    @Test
    void recordsThatInflateToTheLimitFitASmallHeap() throws Exception {
        fixture.createStream(4);
        inflating("{\"service\":\"plain\",\"m\":\"", "\"}");
        inflating("{\n\"service\":\"lines\",\r\n\"m\":\"", "\"\n}");
        inflating("{\"service\":\"", "\"}");
        inflating("{\"timestamp\":\"", "\"}");
        inflating("{\"", "\":1}");
        inflating("{\"number\":", i -> "9", "}");
        inflating("no JSON ", "");
        inflating("{\"service\":\"" + "y".repeat(EventFields.TEXT_LIMIT) + "\",\"m\":\"", "\"}");
        long objects = 0;
        for (int copy = 0; copy < COPIES; copy++) { // for several shards at once
            inflating("{\"service\":\"names\"", i -> ",\"" + i + "n".repeat(200) + "\":1", "}");
            byte[] array = inflating("[{\"service\":\"even\"}", LargeRecordsIT::evenOrOdd, "]");
            objects = braces(array);
        }
        int sent = records + feed.put(10);
        try (ConsumerProcess consumer = fixture.consumer("worker-1").start()) {
            consumer.awaitLine("Total processed: " + sent + "$", PATIENCE);
            assertEquals(0, consumer.terminate());
            assertEquals(Gzip.LIMIT_BYTES + 1, only("service=plain/").length());
            assertEquals(
                    Gzip.LIMIT_BYTES - "\n\r\n\n".length() + 1,
                    only("service=lines/").length());
            assertEquals(COPIES, lines("service=names/"));
            assertEquals(1, lines("service=yyy"));
            assertEquals(2, lines("service=unknown/"));
            assertEquals(COPIES * objects, lines("service=even/") + lines("service=odd/"));
            assertEquals(10, lines("service=svc-"));
            assertEquals(2, lines("_dead-letter/reason=too-long/"));
            assertEquals(1, lines("_dead-letter/reason=not-json/"));
            assertEquals(3, lines("_dead-letter/"));
            assertEquals(List.of(), errors(consumer));
        }
    }

    @Test
    void theLargestRecordsFitASmallHeap() throws Exception {
        fixture.createStream(1);
        aws.kinesis()
                .updateMaxRecordSize(update -> update.streamARN(streamArn()).maxRecordSizeInKiB(LARGEST_RECORD >> 10));
        int size = LARGEST_RECORD - (KEY + 0).length();
        put(filled(size, "{\"service\":\"plain\",\"m\":\"", i -> "x", "\"}"));
        put(filled(size, "{\"service\":\"", i -> "x", "\"}"));
        int sent = records + feed.put(10);
        try (ConsumerProcess consumer = fixture.consumer("worker-1").start()) {
            consumer.awaitLine("Total processed: " + sent + "$", PATIENCE);
            assertEquals(0, consumer.terminate());
            assertEquals(size + 1, only("service=plain/").length());
            assertEquals(1, lines("_dead-letter/reason=too-long/"));
            assertEquals(10, lines("service=svc-"));
            assertEquals(List.of(), errors(consumer));
        }
    }

    private String streamArn() {
        return aws.kinesis()
                .describeStreamSummary(describe -> describe.streamName(fixture.name()))
                .streamDescriptionSummary()
                .streamARN();
    }

    private static List<String> errors(ConsumerProcess consumer) throws IOException {
        return consumer.lines().stream()
                .filter(line -> line.contains("OutOfMemory") || line.contains(" ERROR "))
                .toList();
    }

    private static String evenOrOdd(int i) {
        return ",{\"service\":\"" + (i % 2 == 0 ? "odd" : "even") + "\"}";
    }

    private static long braces(byte[] data) {
        long braces = 0;
        for (byte b : data) {
            braces += b == '{' ? 1 : 0;
        }
        return braces;
    }

    private void inflating(String start, String end) {
        inflating(start, i -> "x", end);
    }

    private byte[] inflating(String start, IntFunction<String> piece, String end) {
        byte[] data = filled(Gzip.LIMIT_BYTES, start, piece, end);
        put(Gzipped.gzip(data));
        return data;
    }

    /** Each under a key of its own, so that they spread over the shards, in the same way each time. */
    private void put(byte[] data) {
        feed.putRaw(KEY + records++, SdkBytes.fromByteArray(data));
    }

    /** So many bytes, between start and end as many pieces as fit and spaces. */
    private static byte[] filled(int size, String start, IntFunction<String> piece, String end) {
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) ' ');
        int at = write(start, data, 0);
        int last = size - end.length();
        for (int i = 0; ; i++) {
            String next = piece.apply(i);
            if (at + next.length() > last) {
                write(end, data, last);
                return data;
            }
            at = write(next, data, at);
        }
    }

    private static int write(String text, byte[] into, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, into, at, bytes.length);
        return at + bytes.length;
    }

    private String only(String prefix) {
        List<String> keys = lake.keys(prefix);
        assertEquals(1, keys.size(), prefix);
        return lake.read(keys.get(0));
    }

    private long lines(String prefix) {
        return lake.keys(prefix).stream()
                .mapToLong(key -> lake.read(key).lines().count())
                .sum();
    }
}
