package io.millrace.benchmarks.producer;

import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerConfigBuilder;
import io.millrace.producer.StreamProducer;
import java.util.function.UnaryOperator;

/** Millrace's producer library. */
final class MillraceSender implements Sender {

    /**
     * A tenth of the heap, as the documentation has it. Of 128 MiB that is room for about the 20,000 events that the KPL may have
     * outstanding.
     */
    private static final long BUFFER_BYTES = Runtime.getRuntime().maxMemory() / 10;

    private final StreamProducer producer;
    private final Acknowledgements acknowledgements;

    MillraceSender(Target target, Acknowledgements acknowledgements, UnaryOperator<ProducerConfigBuilder> settings) {
        this.acknowledgements = acknowledgements;
        this.producer = StreamProducer.start(settings.apply(ProducerConfig.builder().stream(target.stream())
                        .endpoint(target.endpoint())
                        .region(Target.REGION)
                        .bufferBytes(BUFFER_BYTES))
                .build());
    }

    @Override
    public void send(int event, String partitionKey, byte[] data) {
        var unused = producer.send(partitionKey, data).whenComplete((sent, failure) -> {
            if (failure == null) {
                acknowledgements.delivered(event);
            } else {
                acknowledgements.failed(event, failure);
            }
        });
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
