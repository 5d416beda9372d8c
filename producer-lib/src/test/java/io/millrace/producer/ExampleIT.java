package io.millrace.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's example. */
class ExampleIT {
    @RegisterExtension
    static final LocalAwsExtension AWS = LocalAwsExtension.create();

    @Test
    void aServiceSendsItsLogs() {
        AWS.createStream("my-logs", 1);
        ProducerConfig config = ProducerConfig.builder().stream("my-logs")
                .endpoint(AWS.endpoint())
                .region("us-east-1")
                .linger(Duration.ofMillis(20))
                .build();

        try (LogProducer logs = LogProducer.start(config)) {
            var sent = logs.send(Map.of("service", "checkout")).whenComplete((result, failure) -> {
                if (failure != null) {
                    System.err.println("not delivered: " + failure.getMessage());
                }
            });
            assertEquals("shardId-000000000000", sent.join().shardId());
        }

        assertEquals(
                Map.of("checkout", List.of("{\"service\":\"checkout\"}")),
                new StreamContents(AWS.kinesis(), "my-logs").byKey());
    }
}
