package io.millrace.consumer.shard;

import io.millrace.consumer.record.ShardRef;
import io.millrace.consumer.sink.ObjectSink;
import io.millrace.consumer.status.ConsumerEvent;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Makes the process's {@link ShardPipeline}s and owns what they share: the memory budget, the commit and upload threads,
 * and the clock that flushes shards to which nothing comes. Thread-safe. {@link #close} ends the threads.
 */
@SuppressWarnings("DoNotCallSuggester") // until it is built
public final class ShardPipelines implements AutoCloseable {

    public ShardPipelines(PipelineSettings settings, InstantSource clock, Consumer<ConsumerEvent> listener) {}

    /** A pipeline for a shard whose lease was just taken; {@code sink} is the bucket of the shard's stream. */
    public ShardPipeline open(ShardRef shard, ObjectSink sink) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Bytes held now by buffers and commits, of at most {@link PipelineSettings#maxBufferBytes}. */
    public long bufferBytes() {
        return 0;
    }

    @Override
    public void close() {}
}
