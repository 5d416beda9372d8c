package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.consumer.retention.ReadMark;
import io.millrace.consumer.retention.Retention;
import io.millrace.consumer.retention.RetentionWatch;
import io.millrace.pipeline.event.PipelineEvent.ShardFailed;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.shard.PipelineRig;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

class ShardProcessorTest {

    private final PipelineRig rig = new PipelineRig();
    private final List<String> lease = new ArrayList<>();
    private final RecordProcessorCheckpointer checkpointer = (RecordProcessorCheckpointer) Proxy.newProxyInstance(
            ShardProcessorTest.class.getClassLoader(),
            new Class<?>[] {RecordProcessorCheckpointer.class},
            (proxy, method, args) -> {
                lease.add(method.getName());
                return null;
            });
    private final ShardProcessor processor = new ShardProcessor(
            PipelineRig.SHARD.stream(),
            PipelineRig.BUCKET,
            shard -> rig.pipeline(PipelineRig.settings(100)),
            new LiveShards(),
            Duration.ofSeconds(1),
            (shard, checkpoint) -> new RetentionWatch(shard, checkpoint, new Endless(), rig.clock, rig.events::add));

    @Test
    void aShardEndsWhenItsLastReadHasCome() {
        begin("10");
        process(WholeRead.behind("10", List.of()), true);
        processor.shardEnded(end());
        assertEquals(List.of("checkpoint"), lease);
    }

    @Test
    void aShardWhoseLastReadWasPassedOverDoesNotEnd() {
        begin("10");
        process(WholeRead.behind("10", List.of()), false);
        processor.shardEnded(end());
        assertEquals(List.of(), lease);
        assertEquals(1, rig.events(ShardFailed.class).size());
    }

    @Test
    void theEndOfAShardShowsTheReadThatWasPassedOver() {
        begin("10");
        process(WholeRead.behind("12", List.of()), true);
        processor.shardEnded(end());
        assertEquals(List.of(), lease);
        assertEquals(1, rig.events(ShardFailed.class).size());
    }

    private void begin(String checkpoint) {
        processor.initialize(InitializationInput.builder()
                .shardId(PipelineRig.SHARD.shardId())
                .extendedSequenceNumber(new ExtendedSequenceNumber(checkpoint))
                .build());
    }

    private void process(WholeRead read, boolean atShardEnd) {
        processor.processRecords(ProcessRecordsInput.builder()
                .records(new KclAggregates().deaggregate(List.of(read)))
                .isAtShardEnd(atShardEnd)
                .checkpointer(checkpointer)
                .build());
    }

    private ShardEndedInput end() {
        return ShardEndedInput.builder().checkpointer(checkpointer).build();
    }

    private static final class Endless implements Retention {

        @Override
        public Duration of(String stream) {
            return Duration.ofDays(1);
        }

        @Override
        public boolean holds(ShardRef shard, String sequenceNumber) {
            return true;
        }

        @Override
        public Optional<ReadMark> mark(ShardRef shard) {
            return Optional.empty();
        }

        @Override
        public void keep(ShardRef shard, ReadMark committed) {}
    }
}
