package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that fails for longer than leases last: nothing is lost or doubled, and nobody needs to restart anything. */
class OutageIT {

    /** FAILOVER_TIME, and then some. */
    private static final Duration OUTAGE = Duration.ofSeconds(6);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @RegisterExtension
    final ConsumerFixture fixture = new ConsumerFixture(aws);

    @Test
    void anOutageOfS3() throws Exception {
        outage(Fault.dropBefore("s3:*"));
    }

    @Test
    void anOutageOfDynamoDb() throws Exception {
        outage(Fault.serverError("dynamodb:*", 500));
    }

    @Test
    void anOutageOfKinesis() throws Exception {
        outage(Fault.serverError("kinesis:Get*", 500));
    }

    private void outage(Fault fault) throws Exception {
        fixture.createStream(2);
        Feed feed = fixture.feed();
        Lake lake = fixture.lake();
        try (ConsumerProcess consumer =
                fixture.consumer("worker-1").set("FAILOVER_TIME", "3").start()) {
            lake.awaitExactlyOnce(feed.put(200));
            aws.faults().add(fault);
            long end = System.nanoTime() + OUTAGE.toNanos();
            int sent = feed.put(200);
            awaitReady(consumer, 503);
            await().atMost(PATIENCE).until(() -> System.nanoTime() > end);
            assertTrue(consumer.isAlive());
            aws.faults().clear();
            lake.awaitExactlyOnce(sent);
            lake.awaitExactlyOnce(feed.put(200));
            awaitReady(consumer, 200);
            assertEquals(0, consumer.terminate());
        }
    }

    private static void awaitReady(ConsumerProcess consumer, int code) {
        await().atMost(PATIENCE).until(() -> consumer.get("/ready").statusCode() == code);
    }
}
