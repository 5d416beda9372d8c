package io.millrace.consumer.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** KCL goes on with the next read where anything is thrown in its own code: that must not cost the read. */
class SkippedReadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @RegisterExtension
    final ConsumerFixture fixture = new ConsumerFixture(aws);

    @TempDir
    Path classes;

    @Test
    void anErrorUnderPolling() throws Exception {
        losesNothing(KclFault.ERROR_AT_A_READ, "polling");
    }

    @Test
    void anExceptionUnderPolling() throws Exception {
        losesNothing(KclFault.EXCEPTION_AT_A_READ, "polling");
    }

    @Test
    void anErrorUnderFanOut() throws Exception {
        losesNothing(KclFault.ERROR_AT_A_READ, "fanout");
    }

    @Test
    void anExceptionUnderFanOut() throws Exception {
        losesNothing(KclFault.EXCEPTION_AT_A_READ, "fanout");
    }

    private void losesNothing(KclFault fault, String mode) throws Exception {
        fixture.createStream(1);
        fault.compileInto(classes);
        Feed feed = fixture.feed();
        try (ConsumerProcess consumer = consumer(mode).classesFirst(classes).start()) {
            consumer.awaitLine("Consuming from shard");
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> {
                        feed.put(20); // so that no read is empty
                        return !consumer.isAlive();
                    });
            assertEquals(1, consumer.awaitExit());
        }
        try (ConsumerProcess consumer = consumer(mode).start()) {
            fixture.lake().awaitExactlyOnce(feed.put(20));
            assertEquals(0, consumer.terminate());
        }
    }

    @Test
    void aSchedulerThatFailsEndsAllCommits() throws Exception {
        fixture.createStream(1);
        KclFault.SCHEDULER.compileInto(classes);
        int sent;
        try (ConsumerProcess consumer = consumer("polling")
                .set("FLUSH_INTERVAL", "5")
                .set("SHUTDOWN_TIMEOUT", "10")
                .classesFirst(classes)
                .start()) {
            consumer.awaitLine("Consuming from shard");
            sent = fixture.feed().put(50);
            await().atMost(PATIENCE)
                    .until(() -> consumer.get("/metrics").body().lines().anyMatch(SkippedReadIT::holdsRecords));
            KclFault.SCHEDULER.strike(classes);
            assertEquals(1, consumer.awaitExit());
        }
        assertEquals(List.of(), fixture.lake().keys(""));
        try (ConsumerProcess consumer = consumer("polling").start()) {
            fixture.lake().awaitExactlyOnce(sent);
            assertEquals(0, consumer.terminate());
        }
    }

    private static boolean holdsRecords(String metric) {
        return metric.startsWith("millrace_consumer_shard_buffer_bytes{") && !metric.endsWith(" 0.0");
    }

    private ConsumerProcess.Builder consumer(String mode) {
        return fixture.consumer("worker-1").set("RETRIEVAL_MODE", mode);
    }
}
