package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.pipeline.testing.KplRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.Record;

/** One consumer as a process, with the real KCL, over local-aws. */
class ConsumerIT {

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
    }

    @Test
    void firstRecordsAreWrittenAndStatusIsShown() throws Exception {
        fixture.createStream(2);
        int sent = feed.put(100);
        try (ConsumerProcess consumer = consumer().start()) {
            lake.awaitExactlyOnce(sent);
            consumer.awaitLine("Consuming from shard: shardId-000000000000");
            consumer.awaitLine("Consuming from shard: shardId-000000000001");
            consumer.awaitLine(
                    "Wrote \\d+ logs to s3://" + name + "/service=svc-0/year=2025/month=11/day=09/hour=13/part-");
            consumer.awaitLine("Batch processed: \\d+ records, \\d+ written, 0 failed");
            consumer.awaitLine("Total processed: 100");
            assertEquals(200, consumer.get("/health").statusCode());
            assertEquals(200, consumer.get("/ready").statusCode());
            assertTrue(consumer.get("/metrics").body().contains("millrace_consumer_events_total{outcome=\"written\""));
            assertTrue(consumer.get("/status").body().contains("\"shardId\" : \"shardId-000000000001\""));
            assertEquals(404, consumer.get("/").statusCode());
        }
    }

    @Test
    void aStopCommitsWhatIsBuffered() throws Exception {
        fixture.createStream(1);
        try (ConsumerProcess consumer = consumer().set("FLUSH_INTERVAL", "3600").start()) {
            consumer.awaitLine("Consuming from shard");
            int sent = feed.put(50);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.get("/status").body().contains("\"openRecords\" : 50"));
            assertEquals(List.of(), lake.keys(""));
            assertEquals(0, consumer.terminate());
            lake.awaitExactlyOnce(sent);
        }
    }

    @Test
    void aPendingCommitIsFinishedByTheNextProcess() throws Exception {
        fixture.createStream(1);
        aws.faults().add(Fault.serverError("s3:PutObject", 503));
        feed.put(200);
        try (ConsumerProcess consumer = consumer().start()) {
            consumer.awaitLine("PUT of shard .* failed");
            assertEquals(503, consumer.get("/ready").statusCode());
            assertEquals(200, consumer.get("/health").statusCode());
            consumer.kill();
        }
        aws.faults().clear();
        feed.put(100);
        try (ConsumerProcess consumer =
                consumer().set("COMPRESSION", "gzip").set("FLUSH_RECORDS", "10").start()) {
            consumer.awaitLine("Finishing the pending commit of shard");
            consumer.awaitLine("Finished the pending commit of shard .*: 200 records");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> lake.keys("").stream().anyMatch(key -> key.endsWith(".gz")));
            consumer.terminate();
        }
        List<String> plain =
                lake.keys("").stream().filter(key -> key.endsWith(".jsonl")).toList();
        assertEquals(
                200,
                plain.stream().mapToLong(key -> lake.read(key).lines().count()).sum(),
                "written as planned");
    }

    /** Killed within a commit, when the old bucket has one of three objects. */
    @Test
    void aPendingCommitStaysInItsBucketWhateverIsConfiguredNow() throws Exception {
        String another = name + "-2";
        aws.createBucket(another);
        fixture.createStream(1);
        aws.faults().add(Fault.dropAfter("s3:PutObject").withTimes(1));
        aws.faults().add(Fault.serverError("s3:PutObject", 503));
        feed.put(300);
        try (ConsumerProcess consumer = consumer().start()) {
            consumer.awaitLine("PUT of shard .* failed .* s3://" + name + "/");
            await().until(() -> lake.keys("").size() == 1);
            consumer.kill();
        }
        aws.faults().clear();
        Lake next = new Lake(aws.s3(), another);
        try (ConsumerProcess consumer = consumer().set("TARGET_BUCKET", another).start()) {
            consumer.awaitLine("Finishing the pending commit of shard .* in bucket " + name + ":");
            lake.awaitExactlyOnce(300);
            assertEquals(List.of(), next.keys(""));
            fixture.feed().put(100);
            next.awaitExactlyOnce(100);
            assertEquals(0, consumer.terminate());
        }
        assertEquals(3, lake.keys("").size(), "nothing new in the old bucket");
    }

    @Test
    void fromTheNewestOnMeansFromTheFirstStartOn() throws Exception {
        fixture.createStream(1);
        feed.put(10);
        Instant longAgo = Instant.now().plusSeconds(3); // the start is put up to two seconds back
        await().until(() -> Instant.now().isAfter(longAgo));
        try (ConsumerProcess consumer = latest().set("FLUSH_INTERVAL", "3600").start()) {
            consumer.awaitLine("Consuming from shard");
            feed.put(20);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.get("/status").body().contains("\"openRecords\" : 20"));
            consumer.kill();
        }
        int sent = feed.put(30);
        try (ConsumerProcess consumer = latest().start()) {
            lake.awaitExactlyOnce(sent - 10);
        }
    }

    private ConsumerProcess.Builder latest() {
        return consumer().set("INITIAL_POSITION", "LATEST");
    }

    @Test
    void copiesOfAnEventAreDropped() throws Exception {
        fixture.createStream(1);
        fixture.feed().put(50);
        fixture.feed().put(50);
        try (ConsumerProcess consumer = consumer().set("DEDUPE_FIELD", "id").start()) {
            lake.awaitExactlyOnce(50);
            fixture.feed().put(60);
            lake.awaitExactlyOnce(60);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.get("/metrics")
                            .body()
                            .contains("millrace_consumer_events_total{outcome=\"deduplicated\",stream=\"" + name
                                    + "\"} 100.0"));
        }
    }

    @Test
    void aMalformedRecordStopsNothing() throws Exception {
        fixture.createStream(1);
        feed.putRaw("this is no JSON");
        int sent = feed.put(10);
        try (ConsumerProcess consumer = consumer().start()) {
            lake.awaitExactlyOnce(sent);
            consumer.awaitLine("Batch processed: 11 records, 10 written, 1 failed");
            assertEquals(1, lake.keys("_dead-letter/").size());
        }
    }

    /** KCL would pass over it, and with it over all that was read beside it. */
    @Test
    void anAggregateWithoutItsKeysStopsNothing() throws Exception {
        fixture.createStream(1);
        byte[] aggregate = AggregatedRecord.newBuilder()
                .addRecords(Record.newBuilder().setPartitionKeyIndex(7).setData(ByteString.copyFromUtf8("{}")))
                .build()
                .toByteArray();
        feed.put(5);
        feed.putRaw(SdkBytes.fromByteArray(KplRecords.framed(aggregate)));
        int sent = feed.put(5);
        try (ConsumerProcess consumer = consumer().start()) {
            lake.awaitExactlyOnce(sent);
            consumer.awaitLine("Batch processed: 11 records, 10 written, 1 failed");
            assertEquals(1, lake.keys("_dead-letter/").size());
        }
    }

    @Test
    void aStreamAndABucketThatDoNotExistYetAreWaitedFor() throws Exception {
        aws.s3().deleteBucket(delete -> delete.bucket(name));
        try (ConsumerProcess consumer = consumer().start()) {
            consumer.awaitLine("Waiting for stream " + name + ": it does not exist yet");
            consumer.awaitLine("Waiting for bucket " + name + ": it does not exist yet");
            assertEquals(503, consumer.get("/ready").statusCode());
            assertEquals(200, consumer.get("/health").statusCode());
            aws.createBucket(name);
            fixture.createStream(1);
            lake.awaitExactlyOnce(feed.put(10));
        }
    }

    @Test
    void aDeletedStreamEndsTheProcessAndItsSuccessorIsReadWhole() throws Exception {
        fixture.createStream(1);
        try (ConsumerProcess consumer = consumer().start()) {
            lake.awaitExactlyOnce(feed.put(10));
            aws.kinesis().deleteStream(delete -> delete.streamName(name));
            consumer.awaitLine("Stream " + name + " .* was deleted");
            assertEquals(3, consumer.awaitExit());
        }
        fixture.createStream(1);
        int sent = feed.put(10);
        try (ConsumerProcess consumer =
                consumer().set("INITIAL_POSITION", "LATEST").start()) {
            lake.awaitExactlyOnce(sent);
        }
    }

    @Test
    void severalStreamsGoToTheirBuckets() throws Exception {
        String other = name + "-other";
        fixture.createStream(1);
        aws.createStream(other, 1);
        aws.createBucket(other);
        try (ConsumerProcess consumer = fixture.bare()
                .set("STREAMS", name + ":" + name + "," + other + ":" + other)
                .start()) {
            lake.awaitExactlyOnce(feed.put(10));
            new Lake(aws.s3(), other).awaitExactlyOnce(new Feed(aws.kinesis(), other).put(20));
        }
    }

    @Test
    void aWrongVariableIsOneLineAndExitCodeTwo() throws Exception {
        try (ConsumerProcess consumer = consumer().set("FLUSH_INTERVAL", "soon").start()) {
            assertEquals(2, consumer.awaitExit());
            assertEquals(
                    List.of(
                            "FLUSH_INTERVAL=soon is not allowed; allowed: a duration from 0.2s to 1h; a number alone is in seconds"),
                    consumer.lines());
        }
    }

    private ConsumerProcess.Builder consumer() {
        return fixture.consumer("worker-1");
    }
}
