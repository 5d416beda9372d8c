package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ScalingType;

/** RETRIEVAL_MODE=fanout: SubscribeToShard over HTTP/2 through KCL's own fan-out, in a process of its own. */
class FanOutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private String name;
    private Feed feed;
    private Lake lake;

    @BeforeEach
    void nameThings(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        feed = new Feed(aws.kinesis(), name);
        lake = new Lake(aws.s3(), name);
        aws.createBucket(name);
        aws.localAws().calls().reset();
    }

    @Test
    void eachEventArrivesOnceAcrossReshardsAndAKill() throws Exception {
        aws.createStream(name, 2);
        feed.put(300);
        try (ConsumerProcess consumer = start()) {
            consumer.awaitLine("Wrote \\d+ logs");
            reshard(4);
            feed.put(300);
            consumer.awaitLine("Reached the end of shard " + name + "/shardId-000000000000");
            feed.put(300);
            consumer.kill();
        }
        reshard(3);
        feed.put(300);
        try (ConsumerProcess consumer = start()) {
            lake.awaitExactlyOnce(feed.put(300));
            await().atMost(PATIENCE).until(() -> shards(consumer) == 3);
            assertEquals(0, consumer.terminate());
        }
        assertTrue(aws.localAws().calls().count("kinesis:SubscribeToShard") >= 5);
        assertEquals(0, aws.localAws().calls().count("kinesis:GetRecords"));
        assertEquals(List.of(name), registered());
    }

    @Test
    void whatIsBufferedIsCommittedAtTheEnd() throws Exception {
        aws.createStream(name, 1);
        try (ConsumerProcess consumer = ConsumerProcess.builder(aws.endpoint())
                .set("APPLICATION_NAME", name)
                .set("STREAM_NAME", name)
                .set("TARGET_BUCKET", name)
                .set("RETRIEVAL_MODE", "fanout")
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

    private static long shards(ConsumerProcess consumer) throws Exception {
        return consumer.get("/status")
                .body()
                .lines()
                .filter(line -> line.contains("\"shardId\""))
                .count();
    }

    private void reshard(int shards) {
        aws.kinesis()
                .updateShardCount(update ->
                        update.streamName(name).targetShardCount(shards).scalingType(ScalingType.UNIFORM_SCALING));
        aws.kinesis().waiter().waitUntilStreamExists(describe -> describe.streamName(name));
    }

    private ConsumerProcess start() throws Exception {
        return ConsumerProcess.builder(aws.endpoint())
                .set("APPLICATION_NAME", name)
                .set("WORKER_ID", "worker-1")
                .set("STREAM_NAME", name)
                .set("TARGET_BUCKET", name)
                .set("RETRIEVAL_MODE", "fanout")
                .start();
    }
}
