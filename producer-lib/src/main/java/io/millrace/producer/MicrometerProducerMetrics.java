package io.millrace.producer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * A producer's metrics as Micrometer's meters, {@code millrace.producer.*}. For services that have Micrometer: the library
 * itself does not need it. Thread-safe.
 *
 * <pre>{@code
 * var metrics = new MicrometerProducerMetrics(registry);
 * var producer = StreamProducer.builder().config(config).metrics(metrics).start();
 * metrics.observe(producer);
 * }</pre>
 */
public final class MicrometerProducerMetrics implements ProducerMetrics {
    private static final String PREFIX = "millrace.producer.";

    private final MeterRegistry registry;
    private final Timer requests;
    private final DistributionSummary requestRecords;
    private final DistributionSummary requestBytes;
    private final Timer deliveries;

    public MicrometerProducerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.requests = registry.timer(PREFIX + "request");
        this.requestRecords = registry.summary(PREFIX + "request.records");
        this.requestBytes = registry.summary(PREFIX + "request.bytes");
        this.deliveries = registry.timer(PREFIX + "delivery");
    }

    /** Adds what became of the producer's events ({@link Totals}), and how full its buffer is. */
    public void observe(StreamProducer producer) {
        count(producer, "accepted", Totals::accepted);
        count(producer, "delivered", Totals::delivered);
        count(producer, "rejected", Totals::rejected);
        count(producer, "expired", Totals::expired);
        count(producer, "dropped", Totals::dropped);
        Gauge.builder(PREFIX + "pending", producer, p -> p.totals().pending()).register(registry);
        Gauge.builder(PREFIX + "spilled", producer, p -> p.totals().spilled()).register(registry);
        Gauge.builder(PREFIX + "buffered.bytes", producer, StreamProducer::bufferedBytes)
                .register(registry);
    }

    private void count(StreamProducer producer, String name, ToDoubleFunction<Totals> value) {
        FunctionCounter.builder(PREFIX + name, producer, p -> value.applyAsDouble(p.totals()))
                .register(registry);
    }

    @Override
    public void request(int records, long bytes, Duration took) {
        requests.record(took);
        requestRecords.record(records);
        requestBytes.record((double) bytes);
    }

    @Override
    public void delivered(String shardId, int events, Duration sinceAccepted) {
        deliveries.record(sinceAccepted);
    }

    @Override
    public void retried(String code, int records) {
        Counter.builder(PREFIX + "retried").tag("code", code).register(registry).increment(records);
    }
}
