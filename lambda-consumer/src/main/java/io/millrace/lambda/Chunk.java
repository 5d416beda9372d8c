package io.millrace.lambda;

import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.util.List;

/**
 * Records of one shard that are written together.
 *
 * @param firstSequenceNumber of the first Kinesis record, by which Lambda is told where to go on
 * @param records in order, aggregated ones taken apart
 */
record Chunk(ShardRef shard, String firstSequenceNumber, List<SourceRecord> records) {

    Chunk {
        records = List.copyOf(records);
    }
}
