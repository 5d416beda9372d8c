package io.millrace.consumer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.buffer.FlushPolicy;
import io.millrace.consumer.commit.Checkpoints;
import io.millrace.consumer.commit.CommitPlan;
import io.millrace.consumer.commit.Layout;
import io.millrace.consumer.commit.PreparedCheckpoint;
import io.millrace.consumer.record.Position;
import io.millrace.consumer.record.ShardRef;
import io.millrace.consumer.record.SourceRecord;
import io.millrace.consumer.sink.ObjectContent;
import io.millrace.consumer.sink.ObjectKey;
import io.millrace.consumer.sink.ObjectSink;
import io.millrace.consumer.status.ConsumerEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PipelineSmokeTest {

    @Test
    void eventsBecomeObjects() {
        Map<String, String> objects = new ConcurrentSkipListMap<>();
        List<String> order = new CopyOnWriteArrayList<>();
        List<ConsumerEvent> events = new CopyOnWriteArrayList<>();
        ObjectSink sink = new ObjectSink() {
            @Override
            public Outcome put(ObjectKey key, ObjectContent content) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                for (ByteBuffer b : content.slices()) {
                    byte[] x = new byte[b.remaining()];
                    b.duplicate().get(x);
                    out.writeBytes(x);
                }
                order.add("put");
                objects.put(key.value(), out.toString(StandardCharsets.UTF_8));
                return Outcome.STORED;
            }

            @Override
            public String location(ObjectKey key) {
                return "s3://b/" + key;
            }
        };
        Checkpoints lease = new Checkpoints() {
            @Override
            public PreparedCheckpoint prepare(Position last, CommitPlan plan) {
                order.add("prepare " + last);
                return () -> order.add("commit " + last);
            }

            @Override
            public void shardEnd() {
                order.add("end");
            }
        };
        PipelineSettings settings = new PipelineSettings(
                Layout.standard(), new FlushPolicy(1 << 20, 1000, Duration.ofMinutes(1)), 1 << 24, 4, 1000);
        try (ShardPipelines pipelines = new ShardPipelines(settings, InstantSource.system(), events::add)) {
            ShardPipeline pipeline = pipelines.open(new ShardRef("s", "shardId-0"), sink);
            pipeline.start(Optional.empty(), Optional.empty());
            pipeline.accept(
                    List.of(
                            record("1", "{\"service\":\"a\",\"timestamp\":\"2025-11-09T13:24:33Z\",\"n\":1}"),
                            record("2", "{\"service\":\"b\",\"timestamp\":1762694673,\"n\":\n1}\nx\n{\"n\":5}"),
                            record("3", "[{\"service\":\"a/b\"},3]")),
                    0,
                    lease);
            assertTrue(pipeline.drain(lease, Duration.ofSeconds(5)), events::toString);
        }
        assertEquals("prepare 3:0", order.get(0));
        assertEquals("commit 3:0", order.get(order.size() - 1));
        assertEquals(6, objects.size());
    }

    static SourceRecord record(String seq, String data) {
        return new SourceRecord(
                seq,
                0,
                "pk",
                Instant.parse("2025-01-01T00:00:00Z"),
                ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }
}
