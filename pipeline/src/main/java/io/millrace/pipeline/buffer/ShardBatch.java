package io.millrace.pipeline.buffer;

import io.millrace.pipeline.event.PipelineEvent.BatchCounts;
import io.millrace.pipeline.record.SequenceRange;
import java.time.Instant;
import java.util.List;

/**
 * A sealed batch: the records of one range, as lines by output partition. Immutable.
 *
 * @param range what is committed: for a replay the pending commit's range, whatever was read again of it
 * @param partitions by path; none where nothing was left to write
 * @param oldest when the first record was taken in
 * @param memoryBytes what the batch holds of the memory budget
 */
public record ShardBatch(
        SequenceRange range, List<PartitionLines> partitions, BatchCounts counts, Instant oldest, long memoryBytes) {

    public ShardBatch {
        partitions = List.copyOf(partitions);
    }
}
