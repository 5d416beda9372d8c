package io.millrace.producer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Reads a whole stream, parents before their children, as a consumer that keeps order does. */
final class StreamContents {
    private final KinesisClient kinesis;
    private final String stream;

    StreamContents(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    /** Each shard's records; shard ids rise from parents to children. */
    Map<Shard, List<Record>> byShard() {
        Map<Shard, List<Record>> contents = new LinkedHashMap<>();
        kinesis.listShards(r -> r.streamName(stream)).shards().stream()
                .sorted(Comparator.comparing(Shard::shardId))
                .forEach(shard -> contents.put(shard, read(shard)));
        return contents;
    }

    /** The data of every record as text, by its partition key. */
    Map<String, List<String>> byKey() {
        Map<String, List<String>> contents = new LinkedHashMap<>();
        byShard()
                .values()
                .forEach(records -> records.forEach(
                        record -> contents.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
                                .add(record.data().asUtf8String())));
        return contents;
    }

    /** As KCL reads it: aggregated records taken apart, events that lie in a foreign shard ignored. */
    Map<String, List<String>> deaggregatedByKey() {
        Map<String, List<String>> contents = new LinkedHashMap<>();
        byShard()
                .forEach((shard, records) -> new AggregatorUtil()
                        .deaggregate(
                                records.stream()
                                        .map(KinesisClientRecord::fromRecord)
                                        .toList(),
                                shard.hashKeyRange().startingHashKey(),
                                shard.hashKeyRange().endingHashKey())
                        .forEach(record -> contents.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
                                .add(StandardCharsets.UTF_8
                                        .decode(record.data())
                                        .toString())));
        return contents;
    }

    private List<Record> read(Shard shard) {
        List<Record> records = new ArrayList<>();
        String iterator = kinesis.getShardIterator(r ->
                        r.streamName(stream).shardId(shard.shardId()).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        while (iterator != null) {
            String from = iterator;
            GetRecordsResponse page = kinesis.getRecords(r -> r.shardIterator(from));
            records.addAll(page.records());
            iterator = page.records().isEmpty() && page.millisBehindLatest() == 0 ? null : page.nextShardIterator();
        }
        return records;
    }
}
