package io.millrace.consumer.kcl;

import io.millrace.consumer.retention.RetentionWatch;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.shard.ShardPipelines;
import io.millrace.pipeline.sink.Buckets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;

/** Makes KCL's processors, each over a pipeline into the bucket of its stream. */
public final class ShardProcessors implements ShardRecordProcessorFactory {

    private final ShardPipelines pipelines;
    private final Map<String, Buckets> buckets;
    private final LiveShards live;
    private final Duration drainDeadline;
    private final BiFunction<ShardRef, Optional<String>, RetentionWatch> watches;

    /**
     * @param buckets each stream's
     * @param drainDeadline how long giving a shard away waits for its buffer to be committed
     * @param watches looks after a shard's retention, given the checkpoint that it resumes at, if it does
     */
    public ShardProcessors(
            ShardPipelines pipelines,
            Map<String, Buckets> buckets,
            LiveShards live,
            Duration drainDeadline,
            BiFunction<ShardRef, Optional<String>, RetentionWatch> watches) {
        this.pipelines = pipelines;
        this.buckets = Map.copyOf(buckets);
        this.live = live;
        this.drainDeadline = drainDeadline;
        this.watches = watches;
    }

    @Override
    public ShardRecordProcessor shardRecordProcessor() {
        throw new UnsupportedOperationException("KCL 3 always names the stream");
    }

    /** One for a stream that this process is not told about never begins. */
    @Override
    public ShardRecordProcessor shardRecordProcessor(StreamIdentifier identity) {
        String stream = identity.streamName();
        Buckets ofStream = buckets.get(stream);
        if (ofStream == null) {
            return new UnservedShard(stream);
        }
        return new ShardProcessor(
                stream, ofStream.current(), shard -> pipelines.open(shard, ofStream), live, drainDeadline, watches);
    }
}
