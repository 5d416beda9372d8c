package io.millrace.producer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kinesis is away for longer than the buffer holds: nothing is lost, order is kept, memory stays within its bound. */
class SpillIT {
    private static final int KEYS = 5;

    @RegisterExtension
    static final LocalAwsExtension AWS = LocalAwsExtension.create();

    private static int streams;
    private final String stream = "stream-" + streams++;

    @TempDir
    Path folder;

    private static ProducerConfigBuilder config(URI endpoint, String stream, Path folder) {
        return ProducerConfig.builder().stream(stream)
                .endpoint(endpoint)
                .region("us-east-1")
                .linger(Duration.ofMillis(1))
                .aggregation(Aggregation.LINES)
                .bufferBytes(64 * 1024)
                .maxBlock(Duration.ZERO)
                .spillDir(folder);
    }

    private ProducerConfigBuilder config() {
        return config(AWS.endpoint(), stream, folder);
    }

    private static void send(StreamProducer producer, int from, int to) {
        for (int i = from; i < to; i++) {
            var unused = producer.send("key-" + i % KEYS, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void assertEachOnceAndInOrder(int events) {
        Map<String, List<String>> contents = new StreamContents(AWS.kinesis(), stream).byKey();
        contents.forEach((key, records) -> {
            List<String> numbers = records.stream().flatMap(String::lines).toList();
            int first = Integer.parseInt(key.substring("key-".length()));
            assertEquals(
                    IntStream.iterate(first, i -> i < events, i -> i + KEYS)
                            .mapToObj(String::valueOf)
                            .toList(),
                    numbers,
                    key);
        });
        assertEquals(KEYS, contents.size());
    }

    @Test
    void whatTheBufferCannotHoldWaitsOnDiskAndArrivesInOrder() {
        AWS.createStream(stream, 2);
        long fault = AWS.faults().add(Fault.serverError("kinesis:PutRecords", 503));
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            send(producer, 0, 5000);
            Totals away = producer.totals();
            assertEquals(5000, away.pending());
            assertTrue(away.spilled() > 4000, "spilled " + away.spilled());
            assertTrue(producer.bufferedBytes() <= 64 * 1024);

            AWS.faults().remove(fault);
            send(producer, 5000, 6000);
            producer.flush();
            assertEquals(new Totals(6000, 6000, 0, 0, 0, 0, 0), producer.totals());
        }
        assertEachOnceAndInOrder(6000);
    }

    @Test
    void whatACloseLeavesIsSentByTheNextProducerInOrder() {
        AWS.createStream(stream, 2);
        AWS.faults().add(Fault.serverError("kinesis:PutRecords", 503));
        StreamProducer first = StreamProducer.start(config().build());
        send(first, 0, 3000);
        assertEquals(new CloseReport(0, 3000), first.close(Duration.ZERO));

        AWS.faults().clear();
        try (StreamProducer second = StreamProducer.start(config().build())) {
            send(second, 3000, 3500);
            second.flush();
            assertEquals(3500, second.totals().delivered());
        }
        assertEachOnceAndInOrder(3500);
    }

    @Test
    void eventsThatMemoryHeldForTooLongGoToDiskInsteadOfExpiring() {
        AWS.createStream(stream, 1);
        long fault = AWS.faults().add(Fault.serverError("kinesis:PutRecords", 503));
        ProducerConfig config = config().deliveryTimeout(Duration.ofMillis(200)).build();
        try (StreamProducer producer = StreamProducer.start(config)) {
            send(producer, 0, 100);
            await().until(() -> producer.totals().spilled() == 100);
            send(producer, 100, 150);
            AWS.faults().remove(fault);
            producer.flush();
            assertEquals(150, producer.totals().delivered());
        }
        assertEachOnceAndInOrder(150);
    }

    @Test
    void whatWasSpilledSurvivesTheProcessBeingKilled() throws Exception {
        AWS.createStream(stream, 1);
        long fault = AWS.faults().add(Fault.serverError("kinesis:PutRecords", 503));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        AWS.endpoint().toString(),
                        stream,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        TreeSet<String> spilled = new TreeSet<>();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null && spilled.size() < 2000; line = out.readLine()) {
                spilled.add(line);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(2000, spilled.size());

        AWS.faults().remove(fault);
        try (StreamProducer producer = StreamProducer.start(config().build())) {
            producer.flush();
        }
        TreeSet<String> delivered = new TreeSet<>();
        new StreamContents(AWS.kinesis(), stream)
                .byKey()
                .values()
                .forEach(records -> records.forEach(record -> record.lines().forEach(delivered::add)));
        spilled.removeAll(delivered);
        assertEquals(new TreeSet<>(), spilled);
    }

    /** Prints each event that went to the spill file, until it is killed. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] args) throws IOException {
            StreamProducer producer = StreamProducer.start(
                    config(URI.create(args[0]), args[1], Path.of(args[2])).build());
            for (int i = 0; ; i++) {
                String event = String.valueOf(i);
                var sent = producer.send("key-" + i % KEYS, event.getBytes(StandardCharsets.UTF_8));
                if (sent.isDone() && sent.join().whereabouts() == SendResult.Whereabouts.SPILL_FILE) {
                    System.out.println(event);
                }
            }
        }
    }
}
