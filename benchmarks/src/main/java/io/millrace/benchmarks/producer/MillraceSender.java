package io.millrace.benchmarks.producer;

import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerConfigBuilder;
import io.millrace.producer.StreamProducer;
import java.util.function.UnaryOperator;

/** Millrace's producer library. */
final class MillraceSender implements Sender {

    /** Room for about the 20,000 events that the KPL may have outstanding; the heap has 128 MiB for everything. */
    private static final long BUFFER_BYTES = 12L << 20;

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
