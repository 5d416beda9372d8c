package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.commit.Layout;

/**
 * What the pipeline is told by configuration, for all shards of the process.
 *
 * @param maxBufferBytes memory for records that are not yet committed, over all shards (MAX_BUFFER_BYTES)
 * @param uploadThreads puts at the same time, over all shards, beside the one that each committing shard makes itself
 * @param dedupeCapacity event ids remembered per shard where {@link Layout#dedupeField} is set
 */
public record PipelineSettings(
        Layout layout, FlushPolicy flush, long maxBufferBytes, int uploadThreads, int dedupeCapacity) {

    public PipelineSettings {
        if (maxBufferBytes < 1) {
            throw new IllegalArgumentException("buffer bytes are at least 1, not " + maxBufferBytes);
        }
        if (uploadThreads < 0) {
            throw new IllegalArgumentException("upload threads are at least 0, not " + uploadThreads);
        }
        if (dedupeCapacity < 1) {
            throw new IllegalArgumentException("the dedupe capacity is at least 1, not " + dedupeCapacity);
        }
    }
}
