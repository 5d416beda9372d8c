package io.millrace.producer;

import io.millrace.producer.internal.Producers;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Makes a {@link StreamProducer}; not thread-safe. */
public final class StreamProducerBuilder {
    private ProducerConfig config = ProducerConfig.builder().build();
    private ProducerMetrics metrics = ProducerMetrics.NONE;
    private Optional<KinesisAsyncClient> client = Optional.empty();

    StreamProducerBuilder() {}

    public StreamProducerBuilder config(ProducerConfig value) {
        config = value;
        return this;
    }

    /** What hears of the producer's doings, such as {@link MicrometerProducerMetrics}. */
    public StreamProducerBuilder metrics(ProducerMetrics value) {
        metrics = value;
        return this;
    }

    /**
     * The client to send with; absent, the producer makes one of its own. It should not retry by itself, since the producer
     * does. The producer does not close it.
     */
    public StreamProducerBuilder client(KinesisAsyncClient value) {
        client = Optional.of(value);
        return this;
    }

    /**
     * Starts the producer; waits for nothing but the reading of the spill file, where there is one.
     *
     * @throws SpillException where the spill folder cannot be used
     */
    public StreamProducer start() {
        return Producers.start(config, metrics, client);
    }
}
