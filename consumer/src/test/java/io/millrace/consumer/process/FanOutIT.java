package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.Consumer;

/** RETRIEVAL_MODE=fanout: SubscribeToShard over HTTP/2 through KCL's own fan-out, in a process of its own. */
class FanOutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @RegisterExtension
    final ConsumerFixture fixture = new ConsumerFixture(aws);

    private String name;
    private Feed feed;
    private Lake lake;

    @BeforeEach
    void nameThings() {
        name = fixture.name();
        feed = fixture.feed();
        lake = fixture.lake();
        aws.localAws().calls().reset();
    }

    @Test
    void eachEventArrivesOnceAcrossReshardsAndAKill() throws Exception {
        fixture.createStream(2);
        feed.put(300);
        try (ConsumerProcess consumer = consumer().start()) {
            consumer.awaitLine("Wrote \\d+ logs");
            fixture.reshard(4);
            feed.put(300);
            consumer.awaitLine("Reached the end of shard " + name + "/shardId-000000000000");
            feed.put(300);
            consumer.kill();
        }
        fixture.reshard(3);
        feed.put(300);
        try (ConsumerProcess consumer = consumer().start()) {
            lake.awaitExactlyOnce(feed.put(300));
            await().atMost(PATIENCE).until(() -> consumer.shards() == 3);
            assertEquals(0, consumer.terminate());
        }
        assertTrue(aws.localAws().calls().count("kinesis:SubscribeToShard") >= 5);
        assertEquals(0, aws.localAws().calls().count("kinesis:GetRecords"));
        assertEquals(List.of(name), registered());
    }

    /** Batches of seven records end amid the aggregates, so the kill does too. */
    @Test
    void anAggregateIsResumedAmidItsParts() throws Exception {
        fixture.createStream(1);
        for (int i = 0; i < 20; i++) {
            feed.putAggregate(100);
        }
        try (ConsumerProcess consumer = consumer().set("FLUSH_RECORDS", "7").start()) {
            consumer.awaitLine("Wrote \\d+ logs");
            consumer.kill();
        }
        try (ConsumerProcess consumer = consumer().start()) {
            lake.awaitExactlyOnce(feed.putAggregate(100));
            assertEquals(0, consumer.terminate());
        }
    }

    @Test
    void whatIsBufferedIsCommittedAtTheEnd() throws Exception {
        fixture.createStream(1);
        try (ConsumerProcess consumer = consumer()
                .set("FLUSH_INTERVAL", "600")
                .set("HEALTH_MAX_WAIT", "1200")
                .start()) {
            consumer.awaitLine("Consuming from shard");
            int sent = feed.put(50);
            await().atMost(PATIENCE)
                    .until(() -> consumer.get("/metrics").body().lines().anyMatch(FanOutIT::holdsRecords));
            assertEquals(0, consumer.terminate());
            lake.awaitExactlyOnce(sent);
        }
    }

    private static boolean holdsRecords(String metric) {
        return metric.startsWith("millrace_consumer_shard_buffer_bytes{") && !metric.endsWith(" 0.0");
    }

    private List<String> registered() {
        String arn = aws.kinesis()
                .describeStreamSummary(describe -> describe.streamName(name))
                .streamDescriptionSummary()
                .streamARN();
        return aws.kinesis().listStreamConsumers(list -> list.streamARN(arn)).consumers().stream()
                .map(Consumer::consumerName)
                .toList();
    }

    private ConsumerProcess.Builder consumer() {
        return fixture.consumer("worker-1").set("RETRIEVAL_MODE", "fanout");
    }
}
