package io.millrace.pipeline.shard;

import static io.millrace.pipeline.shard.PipelineRig.record;
import static io.millrace.pipeline.shard.PipelineRig.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** As many events as the real ones, of as many services over a day. */
class ManyPartitionsTest {

    private static final int EVENTS = 16_000;
    private static final int SERVICES = 12;
    private static final int HOURS = 24;

    @Test
    void eachServiceAndHourIsOnePartitionWithItsOwnEvents() {
        PipelineRig rig = new PipelineRig();
        ShardPipeline pipeline = rig.pipeline(settings(EVENTS));
        pipeline.start(Optional.empty(), Optional.empty());
        for (int i = 0; i < EVENTS; i++) {
            String event = String.format(
                    Locale.ROOT,
                    "{\"n\":%d,\"service\":\"svc-%02d\",\"timestamp\":\"2025-11-09T%02d:24:33Z\"}",
                    i,
                    i % SERVICES,
                    i / SERVICES % HOURS);
            pipeline.accept(PipelineRig.read(record(i + 1L, event)), 0, rig);
        }
        assertTrue(pipeline.drain(rig, Duration.ofSeconds(1)));
        assertEquals(SERVICES * HOURS, rig.bucket.size(), "one object a partition");
        assertEquals(
                EVENTS,
                rig.bucket.values().stream()
                        .mapToLong(lines -> lines.lines().count())
                        .sum());
        rig.bucket.forEach((key, lines) -> {
            String service = key.substring("service=".length(), key.indexOf('/'));
            String hour = key.substring(key.indexOf("hour=") + 5, key.indexOf("/part-"));
            assertTrue(
                    lines.lines()
                            .allMatch(line -> line.contains("\"service\":\"" + service + "\"")
                                    && line.contains("T" + hour + ":24:33Z")),
                    key);
        });
    }
}
