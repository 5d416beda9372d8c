package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
