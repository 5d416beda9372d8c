package io.millrace.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The producer against a Kinesis that fails in every way that the real one does. */
class ProducerIT {
    private static final int KEYS = 10;

    @RegisterExtension
    static final LocalAwsExtension AWS = LocalAwsExtension.create();

    private static int streams;
    private final String stream = "stream-" + streams++;

    private ProducerConfigBuilder config() {
        return ProducerConfig.builder().stream(stream)
                .endpoint(AWS.endpoint())
                .region("us-east-1")
                .linger(Duration.ofMillis(5));
    }

    /** Sends the events 0, 1, … of each key in turn. */
    private static void send(StreamProducer producer, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int key = 0; key < KEYS; key++) {
                var unused = producer.send("key-" + key, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void assertEachOnceAndInOrder(int events) {
        List<String> expected =
                IntStream.range(0, events).mapToObj(String::valueOf).toList();
        Map<String, List<String>> contents = new StreamContents(AWS.kinesis(), stream).byKey();
        assertEquals(KEYS, contents.size());
        contents.forEach((key, data) -> assertEquals(expected, data, key));
    }

    @Test
    void everyEventArrivesOnceAndInTheOrderOfItsKey() {
        AWS.createStream(stream, 3);
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            send(producer, 0, 200);
            producer.flush();
            assertEquals(new Totals(2000, 2000, 0, 0, 0, 0, 0), producer.totals());
        }
        assertEachOnceAndInOrder(200);
    }

    @Test
    void entriesThatFailAreSentAgainAndOrderIsKept() {
        AWS.createStream(stream, 3);
        AWS.faults().add(Fault.failEntries().withRate(0.1).withTimes(100));
        AWS.faults().add(Fault.throttleEntries().withRate(0.05).withTimes(30));
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            send(producer, 0, 100);
            producer.flush();
            assertEquals(1000, producer.totals().delivered());
        }
        assertEachOnceAndInOrder(100);
    }

    @Test
    void requestsThatFailAsAWholeAreSentAgain() {
        AWS.createStream(stream, 2);
        AWS.faults()
                .add(Fault.serverError("kinesis:PutRecords", 500).withRate(0.2).withTimes(5));
        AWS.faults().add(Fault.throttle("kinesis:PutRecords").withRate(0.2).withTimes(5));
        AWS.faults().add(Fault.dropBefore("kinesis:PutRecords").withRate(0.2).withTimes(5));
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            send(producer, 0, 100);
            producer.flush();
        }
        assertEachOnceAndInOrder(100);
    }

    @Test
    void aRequestWhoseAnswerIsLostIsSentTwice() {
        AWS.createStream(stream, 1);
        AWS.faults().add(Fault.dropAfter("kinesis:PutRecords").withTimes(1));
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            SendResult result = producer.sendAndWait("key", "once".getBytes(StandardCharsets.UTF_8));
            assertEquals(2, result.attempts());
        }
        assertEquals(Map.of("key", List.of("once", "once")), new StreamContents(AWS.kinesis(), stream).byKey());
    }

    @Test
    void orderSurvivesResharding() {
        AWS.createStream(stream, 1);
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            send(producer, 0, 50);
            String half = "170141183460469231731687303715884105728";
            AWS.kinesis()
                    .splitShard(r -> r.streamName(stream)
                            .shardToSplit("shardId-000000000000")
                            .newStartingHashKey(half));
            send(producer, 50, 100);
            AWS.kinesis().waiter().waitUntilStreamExists(r -> r.streamName(stream));
            send(producer, 100, 150);
            producer.flush();
        }
        assertEachOnceAndInOrder(150);
    }

    @Test
    void aggregatedEventsSurviveReshardingAndFailures() {
        AWS.createStream(stream, 1);
        AWS.faults().add(Fault.failEntries().withRate(0.2).withTimes(20));
        ProducerConfig config =
                config().aggregation(Aggregation.KPL).aggregationBytes(2048).build();
        try (StreamProducer producer = StreamProducer.start(config)) {
            send(producer, 0, 100);
            AWS.kinesis()
                    .splitShard(r -> r.streamName(stream)
                            .shardToSplit("shardId-000000000000")
                            .newStartingHashKey("170141183460469231731687303715884105728"));
            send(producer, 100, 300);
            producer.flush();
        }
        List<String> expected =
                IntStream.range(0, 300).mapToObj(String::valueOf).toList();
        Map<String, List<String>> contents = new StreamContents(AWS.kinesis(), stream).deaggregatedByKey();
        assertEquals(KEYS, contents.size());
        contents.forEach((key, data) -> assertEquals(expected, data, key));
    }

    @Test
    void aStreamDeletedAndMadeAgainIsWaitedFor() {
        AWS.createStream(stream, 2);
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            producer.sendAndWait("key", "before".getBytes(StandardCharsets.UTF_8));
            AWS.kinesis().deleteStream(r -> r.streamName(stream));
            AWS.kinesis().waiter().waitUntilStreamNotExists(r -> r.streamName(stream));
            CompletableFuture<SendResult> sent = producer.send("key", "after".getBytes(StandardCharsets.UTF_8));
            AWS.createStream(stream, 1);
            sent.join();
        }
        assertEquals(Map.of("key", List.of("after")), new StreamContents(AWS.kinesis(), stream).byKey());
    }

    @Test
    void closingUnderLoadLosesNothingThatWasAccepted() throws Exception {
        AWS.createStream(stream, 2);
        StreamProducer producer = StreamProducer.start(config().build());
        TreeSet<Integer> accepted = new TreeSet<>();
        Thread sender = new Thread(() -> {
            try {
                for (int i = 0; ; i++) {
                    var unused =
                            producer.send("key-" + i % 100, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
                    accepted.add(i);
                }
            } catch (ProducerClosedException e) {
                // What this test waits for.
            }
        });
        sender.start();
        while (producer.totals().delivered() < 1000) {
            Thread.onSpinWait();
        }
        CloseReport report = producer.close(Duration.ofSeconds(30));
        sender.join();

        assertEquals(new CloseReport(0, 0), report);
        TreeSet<Integer> delivered = new TreeSet<>();
        new StreamContents(AWS.kinesis(), stream)
                .byKey()
                .values()
                .forEach(data -> data.forEach(text -> delivered.add(Integer.valueOf(text))));
        assertEquals(accepted, delivered);
    }

    @Test
    void aFullBufferRefusesAfterMaxBlockAndStaysWithinItsBounds() {
        AWS.createStream(stream, 1);
        AWS.faults().add(Fault.serverError("kinesis:PutRecords", 503));
        ProducerConfig config = config().bufferBytes(64 * 1024)
                .maxBlock(Duration.ofMillis(50))
                .deliveryTimeout(Duration.ofSeconds(1))
                .build();
        StreamProducer producer = StreamProducer.start(config);
        BufferFullException e = assertThrows(BufferFullException.class, () -> send(producer, 0, 1000));
        assertTrue(e.getMessage().contains("PRODUCER_BUFFER_BYTES"), e.getMessage());
        assertTrue(producer.bufferedBytes() <= 64 * 1024);

        CloseReport report = producer.close(Duration.ofSeconds(10));
        Totals totals = producer.totals();
        assertEquals(totals.accepted(), totals.expired());
        assertEquals(totals.accepted(), report.undelivered());
    }
}
