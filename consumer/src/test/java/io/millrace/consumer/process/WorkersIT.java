package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that share the work, die, and take over; and shards that split and merge under them. */
class WorkersIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    void aKilledWorkerRestartedUnderItsNameResumes() throws Exception {
        fixture.createStream(2);
        feed.put(500);
        try (ConsumerProcess consumer = fixture.consumer("worker-1").start()) {
            consumer.awaitLine("Wrote \\d+ logs");
            feed.put(500);
            consumer.kill();
        }
        int sent = feed.put(500);
        try (ConsumerProcess consumer = fixture.consumer("worker-1").start()) {
            lake.awaitExactlyOnce(sent);
        }
    }

    @Test
    void twoWorkersShareAndOneTakesOverFromTheDead() throws Exception {
        fixture.createStream(4);
        try (ConsumerProcess first = fixture.consumer("worker-1").start();
                ConsumerProcess second = fixture.consumer("worker-2").start()) {
            await().atMost(PATIENCE).until(() -> first.shards() == 2 && second.shards() == 2);
            feed.put(1000);
            second.kill();
            int sent = feed.put(1000);
            await().atMost(PATIENCE).until(() -> first.shards() == 4);
            lake.awaitExactlyOnce(sent);
            assertEquals(0, first.terminate());
        }
    }

    @Test
    void twoLiveProcessesWithOneWorkerIdWriteNothingTwiceAndSaySo() throws Exception {
        fixture.createStream(4);
        try (ConsumerProcess first = fixture.consumer("worker-1").start()) {
            feed.put(500);
            first.awaitLine("Wrote \\d+ logs");
            try (ConsumerProcess second = fixture.consumer("worker-1").start()) {
                // It takes the first one's leases, but for those that the first one renews in that moment.
                second.awaitLine("Consuming from shard");
                feed.put(500);
                await().atMost(PATIENCE).until(() -> first.shards() == 2 && second.shards() == 2);
                first.awaitLine("Another process runs with WORKER_ID worker-1");
                second.awaitLine("Another process runs with WORKER_ID worker-1");
                assertEquals(503, second.get("/ready").statusCode());
                assertTrue(second.get("/ready").body().contains("another live process has this WORKER_ID"));
                assertTrue(second.get("/metrics").body().contains("millrace_consumer_worker_id_shared 1.0"));
                int sent = feed.put(500);
                lake.awaitExactlyOnce(sent);
                assertEquals(0, first.terminate());
                second.awaitLine("No other process runs with WORKER_ID worker-1 any more");
                assertEquals(200, second.get("/ready").statusCode());
            }
        }
    }

    @Test
    void aWorkerToldOfItsStreamByAnotherSettingGoesOnWhereItWas() throws Exception {
        fixture.createStream(2);
        feed.put(500);
        try (ConsumerProcess one = fixture.consumer("worker-1").start()) {
            lake.awaitExactlyOnce(500);
            assertEquals(0, one.terminate());
        }
        int sent = feed.put(100);
        ConsumerProcess.Builder several =
                fixture.bare().set("WORKER_ID", "worker-1").set("STREAMS", name + ":" + name);
        try (ConsumerProcess many = several.start()) {
            lake.awaitExactlyOnce(sent);
            many.kill();
        }
        sent = feed.put(100);
        try (ConsumerProcess one = fixture.consumer("worker-1").start()) {
            lake.awaitExactlyOnce(sent);
        }
    }

    /** Its leases stay, and the shards of the others are read nevertheless. */
    @Test
    void aStreamThatIsTakenOutAndComesBackGoesOnWhereItWas() throws Exception {
        fixture.createStream(4);
        String other = name + "-2";
        aws.createStream(other, 4);
        Feed second = new Feed(aws.kinesis(), other);
        aws.createBucket(other);
        Lake secondLake = new Lake(aws.s3(), other);
        ConsumerProcess.Builder both = fixture.bare()
                .set("WORKER_ID", "worker-1")
                .set("STREAMS", name + ":" + name + "," + other + ":" + other);
        feed.put(200);
        second.put(200);
        try (ConsumerProcess consumer = both.start()) {
            lake.awaitExactlyOnce(200);
            secondLake.awaitExactlyOnce(200);
            assertEquals(0, consumer.terminate());
        }
        feed.put(200);
        int secondSent = second.put(200);
        try (ConsumerProcess consumer = fixture.consumer("worker-1").start()) {
            lake.awaitExactlyOnce(400);
            String line = consumer.awaitLine("leases of stream " + other + " are in the table");
            await().atMost(PATIENCE)
                    .until(() -> consumer.get("/metrics").body().contains("millrace_consumer_unserved_leases 4.0"));
            assertTrue(consumer.get("/status").body().contains(":" + other + ":"));
            assertEquals(1, consumer.lines().stream().filter(line::equals).count());
            assertEquals(0, consumer.terminate());
        }
        try (ConsumerProcess consumer = both.start()) {
            secondLake.awaitExactlyOnce(secondSent);
            lake.awaitExactlyOnce(feed.put(100));
        }
    }

    /** The stream's records would be read anew, beside the earlier version that goes on with the leases. */
    @Test
    void workersThatARollBackDidNotSeeEndAndWriteNothing() throws Exception {
        fixture.createStream(2);
        int sent = feed.put(500);
        String late = name + "-late";
        try (ConsumerProcess frozen = fixture.consumer("worker-1").start()) {
            lake.awaitExactlyOnce(sent);
            frozen.freeze();
            ConsumerProcess.Builder elsewhere = fixture.consumer("worker-2").set("TARGET_BUCKET", late);
            try (ConsumerProcess waiting = elsewhere.start()) {
                waiting.awaitLine("Waiting for bucket");
                await().atMost(PATIENCE).until(() -> rollBack() == 0);
                aws.createBucket(late);
                frozen.thaw();
                waiting.awaitLine("roll-back has given the leases of stream .* back");
                assertEquals(2, waiting.awaitExit());
            }
            frozen.awaitLine("roll-back has given the leases of stream .* back");
            assertEquals(2, frozen.awaitExit());
        }
        lake.awaitExactlyOnce(sent);
        new Lake(aws.s3(), late).awaitExactlyOnce(0);
    }

    private int rollBack() throws Exception {
        try (ConsumerProcess rollBack =
                fixture.consumer("nobody").arguments("roll-back", "--execute").start()) {
            return rollBack.awaitExit();
        }
    }

    @Test
    void splitAndMergedShardsAreReadToTheirEnds() throws Exception {
        fixture.createStream(2);
        try (ConsumerProcess consumer = fixture.consumer("worker-1").start()) {
            feed.put(300);
            consumer.awaitLine("Wrote \\d+ logs");
            fixture.reshard(4);
            feed.put(300);
            consumer.awaitLine("Reached the end of shard " + name + "/shardId-000000000000");
            fixture.reshard(3);
            lake.awaitExactlyOnce(feed.put(300));
            await().atMost(PATIENCE).until(() -> consumer.shards() == 3);
        }
    }
}
