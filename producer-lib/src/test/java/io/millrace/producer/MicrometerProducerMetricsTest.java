package io.millrace.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerProducerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerProducerMetrics metrics = new MicrometerProducerMetrics(registry);

    @Test
    void requestsAreTimedAndMeasured() {
        metrics.request(500, 150_000, Duration.ofMillis(20));
        metrics.request(100, 50_000, Duration.ofMillis(40));

        assertEquals(2, registry.get("millrace.producer.request").timer().count());
        assertEquals(60, registry.get("millrace.producer.request").timer().totalTime(TimeUnit.MILLISECONDS));
        assertEquals(
                600, registry.get("millrace.producer.request.records").summary().totalAmount());
        assertEquals(
                150_000,
                registry.get("millrace.producer.request.bytes").summary().max());
    }

    @Test
    void deliveriesAreTimedAndRetriesCountedByTheirReason() {
        metrics.delivered("shard-0", 3, Duration.ofMillis(120));
        metrics.retried("InternalFailure", 2);
        metrics.retried("InternalFailure", 1);
        metrics.retried("ConnectException", 500);

        assertEquals(120, registry.get("millrace.producer.delivery").timer().totalTime(TimeUnit.MILLISECONDS));
        assertEquals(3, retried("InternalFailure"));
        assertEquals(500, retried("ConnectException"));
    }

    private double retried(String code) {
        return registry.get("millrace.producer.retried")
                .tag("code", code)
                .counter()
                .count();
    }

    @Test
    void whatBecameOfAProducersEventsIsReadWhenAsked() {
        try (StreamProducer producer =
                StreamProducer.start(ProducerConfig.builder().enabled(false).build())) {
            metrics.observe(producer);
            assertEquals(0, counted("dropped"));
            producer.sendAndWait("key", new byte[] {1});
            producer.sendAndWait("key", new byte[] {2});

            assertEquals(2, counted("dropped"));
            assertEquals(0, counted("accepted"));
            assertEquals(0, registry.get("millrace.producer.pending").gauge().value());
            assertEquals(
                    0, registry.get("millrace.producer.buffered.bytes").gauge().value());
        }
    }

    private double counted(String name) {
        return registry.get("millrace.producer." + name).functionCounter().count();
    }
}
