package io.millrace.producer.internal;

import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerMetrics;
import io.millrace.producer.StreamProducer;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Puts a producer together: the one door from the public package to what runs. */
public final class Producers {

    private Producers() {}

    /** @throws io.millrace.producer.SpillException where the spill folder cannot be used */
    public static StreamProducer start(
            ProducerConfig config, ProducerMetrics metrics, Optional<KinesisAsyncClient> client) {
        if (!config.enabled()) {
            return new DisabledProducer();
        }
        Optional<Spill> spill = config.spillDir()
                .map(folder -> Spill.open(
                        folder.resolve(config.stream().replace(':', '_').replace('/', '_')), config.spillBytes()));
        KinesisPort kinesis = client.<KinesisPort>map(own -> new SdkKinesis(own, config.stream(), () -> {}))
                .orElseGet(() -> KinesisClients.open(config));
        return new RunningProducer(config, kinesis, metrics, spill);
    }
}
