package io.millrace.localaws.kinesis.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream of its own for each test, and short ways to use it. */
abstract class ContractStream {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    String stream;

    abstract KinesisClient kinesis();

    @BeforeEach
    void nameStream() {
        stream = "contract-" + UUID.randomUUID();
    }

    @AfterEach
    void deleteStream() {
        try {
            kinesis().deleteStream(request -> request.streamName(stream));
        } catch (ResourceNotFoundException e) {
            // The test made none.
        }
    }

    void create(int shards) {
        kinesis().createStream(request -> request.streamName(stream).shardCount(shards));
        awaitActive();
    }

    void awaitActive() {
        await().atMost(PATIENCE).until(() -> summary().streamStatus() == StreamStatus.ACTIVE);
    }

    StreamDescriptionSummary summary() {
        return kinesis()
                .describeStreamSummary(request -> request.streamName(stream))
                .streamDescriptionSummary();
    }

    List<Shard> shards() {
        return kinesis().listShards(request -> request.streamName(stream)).shards();
    }

    List<Shard> openShards() {
        return shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
    }

    PutRecordResponse put(String key, String data) {
        return kinesis()
                .putRecord(
                        request -> request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
    }

    GetShardIteratorRequest.Builder iterator(String shardId, ShardIteratorType type) {
        return GetShardIteratorRequest.builder()
                .streamName(stream)
                .shardId(shardId)
                .shardIteratorType(type);
    }

    String iterate(GetShardIteratorRequest.Builder request) {
        return kinesis().getShardIterator(request.build()).shardIterator();
    }

    /** Reads on until so many records are there or the shard has ended. */
    List<Record> read(GetShardIteratorRequest.Builder from, int count) {
        List<Record> records = new ArrayList<>();
        String[] iterator = {iterate(from)};
        await().atMost(PATIENCE).until(() -> {
            GetRecordsResponse read = kinesis().getRecords(request -> request.shardIterator(iterator[0]));
            records.addAll(read.records());
            iterator[0] = read.nextShardIterator();
            return iterator[0] == null || records.size() >= count;
        });
        return records;
    }

    List<String> data(GetShardIteratorRequest.Builder from, int count) {
        return read(from, count).stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    static String firstShard() {
        return "shardId-000000000000";
    }

    /** The answer that ends a closed shard. */
    GetRecordsResponse endOf(String shardId) {
        String[] iterator = {iterate(iterator(shardId, ShardIteratorType.TRIM_HORIZON))};
        GetRecordsResponse[] last = new GetRecordsResponse[1];
        await().atMost(PATIENCE).until(() -> {
            last[0] = kinesis().getRecords(request -> request.shardIterator(iterator[0]));
            iterator[0] = last[0].nextShardIterator();
            return iterator[0] == null;
        });
        return last[0];
    }
}
