package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.fault.Effect;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A replica of DynamoDB's that lags: no worker reads a lease from it before it reads the shard. */
class LaggingReadsIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final ConsumerFixture fixture = new ConsumerFixture(aws);

    @Test
    void noItemIsReadWithoutConsistency() throws Exception {
        Fault lag = new Fault(
                "dynamodb:GetItem",
                new Effect.StaleReads(Duration.ofSeconds(30)),
                1.0,
                OptionalInt.empty(),
                Optional.empty());
        long fault = aws.localAws().faults().add(lag);
        fixture.createStream(4);
        Feed feed = fixture.feed();
        try (ConsumerProcess first = fixture.consumer("worker-1").start();
                ConsumerProcess second = fixture.consumer("worker-2").start()) {
            await().atMost(PATIENCE).until(() -> first.shards() == 2 && second.shards() == 2);
            feed.put(500);
            second.awaitLine("Wrote \\d+ logs");
            second.kill();
            fixture.lake().awaitExactlyOnce(feed.put(500));
        }
        int stale = aws.localAws().faults().list().stream()
                .filter(listed -> listed.id() == fault)
                .mapToInt(listed -> listed.hits())
                .sum();
        assertEquals(0, stale, "items that were read as they had been before");
    }
}
