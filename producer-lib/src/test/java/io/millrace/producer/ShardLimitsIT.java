package io.millrace.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.localaws.kinesis.ShardLimits;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than a shard takes a second: Kinesis refuses, nothing is lost; a producer that keeps the limits is not refused. */
class ShardLimitsIT {
    private static final int EVENTS = 2_500;

    @RegisterExtension
    static final LocalAwsExtension AWS =
            LocalAwsExtension.create(LocalAwsSettings.ephemeral().withShardLimits(ShardLimits.ALL));

    @ParameterizedTest
    @ValueSource(strings = {"off", "auto", "90%"})
    void everyEventIsDelivered(String limit) {
        String stream = "limits-" + limit.replace("%", "");
        AWS.createStream(stream, 1);
        LongAdder refused = new LongAdder();
        ProducerMetrics metrics = new ProducerMetrics() {
            @Override
            public void retried(String code, int records) {
                refused.add(records);
            }
        };
        ProducerConfig config = ProducerConfig.builder().stream(stream)
                .endpoint(AWS.endpoint())
                .region("us-east-1")
                .rateLimit(RateLimit.parse(limit))
                .build();
        try (StreamProducer producer =
                StreamProducer.builder().config(config).metrics(metrics).start()) {
            for (int i = 0; i < EVENTS; i++) {
                var unused = producer.send("key-" + i, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
            }
            producer.flush();
            assertEquals(new Totals(EVENTS, EVENTS, 0, 0, 0, 0, 0), producer.totals());
        }
        assertEquals(EVENTS, new StreamContents(AWS.kinesis(), stream).byKey().size());
        assertEquals(!limit.equals("90%"), refused.sum() > 0, refused + " refused");
    }
}
