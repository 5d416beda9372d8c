package io.millrace.lambda;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import io.millrace.pipeline.record.Aggregates;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts an invocation's records into chunks, by shard and size. Where a chunk ends follows from the records alone, counted
 * from the first: what Lambda sends again from a failed chunk on is cut into the same chunks, so it gets the same keys.
 * Thread-safe.
 */
final class EventChunks {

    private static final String STREAM = ":stream/";

    private final long chunkBytes;

    EventChunks(long chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    /** Each shard's chunks, in order. An event of Lambda's holds one shard's records. */
    Map<ShardRef, List<Chunk>> of(KinesisEvent event) {
        Map<ShardRef, List<KinesisEventRecord>> shards = new LinkedHashMap<>();
        for (KinesisEventRecord record : event.getRecords()) {
            shards.computeIfAbsent(shard(record), unused -> new ArrayList<>()).add(record);
        }
        Map<ShardRef, List<Chunk>> chunks = new LinkedHashMap<>();
        shards.forEach((shard, records) -> chunks.put(shard, cut(shard, records)));
        return chunks;
    }

    private List<Chunk> cut(ShardRef shard, List<KinesisEventRecord> records) {
        List<Chunk> chunks = new ArrayList<>();
        long bytes = 0;
        int from = 0;
        for (int i = 0; i < records.size(); i++) {
            bytes += records.get(i).getKinesis().getData().remaining();
            if (bytes >= chunkBytes || i == records.size() - 1) {
                chunks.add(chunk(shard, records.subList(from, i + 1)));
                from = i + 1;
                bytes = 0;
            }
        }
        return chunks;
    }

    private Chunk chunk(ShardRef shard, List<KinesisEventRecord> records) {
        List<SourceRecord> whole =
                records.stream().map(EventChunks::sourceRecord).toList();
        return new Chunk(shard, whole.get(0).position().sequenceNumber(), Aggregates.takeApart(whole));
    }

    private static SourceRecord sourceRecord(KinesisEventRecord event) {
        KinesisEvent.Record record = event.getKinesis();
        return new SourceRecord(
                record.getSequenceNumber(),
                0,
                record.getPartitionKey(),
                record.getApproximateArrivalTimestamp().toInstant(),
                record.getData().duplicate());
    }

    /** From {@code shardId-000000000006:4959…} and {@code arn:aws:kinesis:REGION:ACCOUNT:stream/NAME[/consumer/…]}. */
    private static ShardRef shard(KinesisEventRecord record) {
        String arn = record.getEventSourceARN();
        int at = arn.indexOf(STREAM);
        int colon = record.getEventID().indexOf(':');
        if (at < 0 || colon < 0) {
            throw new IllegalArgumentException("no Kinesis event: source " + arn + ", id " + record.getEventID());
        }
        String name = arn.substring(at + STREAM.length());
        int slash = name.indexOf('/');
        return new ShardRef(
                slash < 0 ? name : name.substring(0, slash), record.getEventID().substring(0, colon));
    }
}
