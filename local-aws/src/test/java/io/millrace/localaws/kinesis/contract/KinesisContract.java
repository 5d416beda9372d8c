package io.millrace.localaws.kinesis.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * What Millrace asks of anything that calls itself Kinesis, as its clients ask it. Whatever passes can stand in for
 * AWS in development.
 */
abstract class KinesisContract extends ContractStream {

    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);

    @Test
    void aNewStreamIsDescribedAndListed() {
        create(2);
        StreamDescriptionSummary summary = summary();
        assertEquals(stream, summary.streamName());
        assertTrue(summary.streamARN().endsWith(":stream/" + stream));
        assertEquals(2, summary.openShardCount());
        assertEquals(24, summary.retentionPeriodHours());
        assertTrue(Duration.between(summary.streamCreationTimestamp(), Instant.now())
                        .abs()
                        .compareTo(Duration.ofMinutes(1))
                < 0);
        assertTrue(kinesis().listStreamsPaginator().streamNames().stream().anyMatch(stream::equals));
        assertEquals(
                2,
                kinesis()
                        .describeStream(request -> request.streamName(stream))
                        .streamDescription()
                        .shards()
                        .size());
        assertThrows(
                ResourceInUseException.class,
                () -> kinesis()
                        .createStream(request -> request.streamName(stream).shardCount(1)));
    }

    @Test
    void aDeletedStreamIsGone() {
        create(1);
        kinesis().deleteStream(request -> request.streamName(stream));
        await().atMost(PATIENCE).until(() -> {
            try {
                summary();
                return false;
            } catch (ResourceNotFoundException e) {
                return true;
            }
        });
        assertThrows(ResourceNotFoundException.class, () -> put("k", "x"));
    }

    @Test
    void aStreamIsNamedByArnToo() {
        create(1);
        String arn = summary().streamARN();
        kinesis().putRecord(request -> request.streamARN(arn).partitionKey("k").data(SdkBytes.fromUtf8String("x")));
        assertEquals(
                1,
                kinesis().listShards(request -> request.streamARN(arn)).shards().size());
        assertEquals(List.of("x"), data(iterator(firstShard(), ShardIteratorType.TRIM_HORIZON), 1));
    }

    @Test
    void aRecordComesBackAsItWasPut() {
        create(1);
        Instant before = Instant.now().minusSeconds(5);
        byte[] bytes = new byte[256];
        IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
        PutRecordResponse put = kinesis()
                .putRecord(request ->
                        request.streamName(stream).partitionKey("schlüssel").data(SdkBytes.fromByteArray(bytes)));
        Record record =
                read(iterator(put.shardId(), ShardIteratorType.TRIM_HORIZON), 1).get(0);
        assertEquals(SdkBytes.fromByteArray(bytes), record.data());
        assertEquals("schlüssel", record.partitionKey());
        assertEquals(put.sequenceNumber(), record.sequenceNumber());
        assertTrue(record.sequenceNumber().matches("49\\d{54}"), record.sequenceNumber());
        assertTrue(record.approximateArrivalTimestamp().isAfter(before));
        assertTrue(record.approximateArrivalTimestamp().isBefore(Instant.now().plusSeconds(5)));
    }

    @Test
    void aBatchIsAnsweredEntryByEntry() {
        create(4);
        List<PutRecordsRequestEntry> entries = IntStream.range(0, 500)
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("key-" + i)
                        .data(SdkBytes.fromUtf8String("data-" + i))
                        .build())
                .toList();
        PutRecordsResponse put =
                kinesis().putRecords(request -> request.streamName(stream).records(entries));
        assertEquals(0, put.failedRecordCount());
        assertEquals(500, put.records().size());
        Set<String> seen = new HashSet<>();
        for (Shard shard : shards()) {
            long expected = put.records().stream()
                    .filter(result -> result.shardId().equals(shard.shardId()))
                    .count();
            assertTrue(expected > 0);
            BigInteger last = BigInteger.ZERO;
            for (Record record : read(iterator(shard.shardId(), ShardIteratorType.TRIM_HORIZON), (int) expected)) {
                BigInteger number = new BigInteger(record.sequenceNumber());
                assertTrue(last.compareTo(number) < 0);
                last = number;
                String data = record.data().asUtf8String();
                assertTrue(seen.add(data));
                int index = Integer.parseInt(data.substring(5));
                assertEquals(put.records().get(index).sequenceNumber(), record.sequenceNumber());
                assertEquals(put.records().get(index).shardId(), shard.shardId());
            }
        }
        assertEquals(500, seen.size());
    }

    @Test
    void theHashOfTheKeyDecidesOverTheShardUnlessAnExplicitOneDoes() {
        create(2);
        // MD5 of "hello" begins with 5d, of "Hello" with 8b.
        assertEquals("shardId-000000000000", put("hello", "x").shardId());
        assertEquals("shardId-000000000001", put("Hello", "x").shardId());
        assertEquals(
                "shardId-000000000001",
                kinesis()
                        .putRecord(request -> request.streamName(stream)
                                .partitionKey("hello")
                                .explicitHashKey(MIDDLE.toString())
                                .data(SdkBytes.fromUtf8String("x")))
                        .shardId());
    }

    @Test
    void readingStartsWhereTheIteratorSays() {
        create(1);
        String latest = iterate(iterator(firstShard(), ShardIteratorType.LATEST));
        String first = put("k", "one").sequenceNumber();
        Instant arrival = read(iterator(firstShard(), ShardIteratorType.TRIM_HORIZON), 1)
                .get(0)
                .approximateArrivalTimestamp();
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(arrival.plusMillis(1)));
        put("k", "two");
        assertEquals(List.of("one", "two"), data(iterator(firstShard(), ShardIteratorType.TRIM_HORIZON), 2));
        assertEquals(
                List.of("one", "two"),
                data(
                        iterator(firstShard(), ShardIteratorType.AT_SEQUENCE_NUMBER)
                                .startingSequenceNumber(first),
                        2));
        assertEquals(
                List.of("two"),
                data(
                        iterator(firstShard(), ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .startingSequenceNumber(first),
                        1));
        Record second =
                read(iterator(firstShard(), ShardIteratorType.TRIM_HORIZON), 2).get(1);
        assertEquals(
                List.of("two"),
                data(
                        iterator(firstShard(), ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(second.approximateArrivalTimestamp()),
                        1));
        assertEquals(
                List.of("one", "two"),
                kinesis().getRecords(request -> request.shardIterator(latest)).records().stream()
                        .map(record -> record.data().asUtf8String())
                        .toList());
    }

    @Test
    void readingIsLimitedAndSaysHowFarBehindItIs() {
        create(1);
        put("k", "one");
        put("k", "two");
        String start = iterate(iterator(firstShard(), ShardIteratorType.TRIM_HORIZON));
        GetRecordsResponse first =
                kinesis().getRecords(request -> request.shardIterator(start).limit(1));
        assertEquals(1, first.records().size());
        GetRecordsResponse second = kinesis().getRecords(request -> request.shardIterator(first.nextShardIterator()));
        assertEquals(1, second.records().size());
        assertEquals(0, second.millisBehindLatest());
        assertNotNull(second.nextShardIterator());
        assertFalse(second.hasChildShards() && !second.childShards().isEmpty());
    }

    @Test
    void aSplitShardLeadsToItsChildren() {
        create(1);
        put("k", "before");
        kinesis()
                .splitShard(request ->
                        request.streamName(stream).shardToSplit(firstShard()).newStartingHashKey(MIDDLE.toString()));
        awaitActive();
        put("hello", "low");
        put("Hello", "high");
        assertEquals(3, shards().size());
        assertEquals(2, openShards().size());
        assertEquals(2, summary().openShardCount());
        for (Shard child : openShards()) {
            assertEquals(firstShard(), child.parentShardId());
            assertNull(child.adjacentParentShardId());
        }
        GetRecordsResponse end = endOf(firstShard());
        assertEquals(
                openShards().stream().map(Shard::shardId).sorted().toList(),
                end.childShards().stream()
                        .map(child -> child.shardId())
                        .sorted()
                        .toList());
        assertEquals(List.of(firstShard()), end.childShards().get(0).parentShards());
        assertEquals(List.of("low"), data(iterator("shardId-000000000001", ShardIteratorType.TRIM_HORIZON), 1));
        assertEquals(List.of("high"), data(iterator("shardId-000000000002", ShardIteratorType.TRIM_HORIZON), 1));
    }

    @Test
    void mergedShardsLeadToOneChild() {
        create(2);
        kinesis()
                .mergeShards(request -> request.streamName(stream)
                        .shardToMerge("shardId-000000000000")
                        .adjacentShardToMerge("shardId-000000000001"));
        awaitActive();
        Shard child = openShards().get(0);
        assertEquals(1, openShards().size());
        assertEquals("shardId-000000000000", child.parentShardId());
        assertEquals("shardId-000000000001", child.adjacentParentShardId());
        assertEquals(
                child.shardId(),
                endOf("shardId-000000000001").childShards().get(0).shardId());
    }

    @Test
    void theShardCountIsUpdated() {
        create(2);
        kinesis()
                .updateShardCount(request ->
                        request.streamName(stream).targetShardCount(4).scalingType(ScalingType.UNIFORM_SCALING));
        awaitActive();
        assertEquals(4, openShards().size());
        assertEquals(4, summary().openShardCount());
    }

    @Test
    void shardsAreListedByFilterAndPageByPage() {
        create(2);
        kinesis()
                .splitShard(request ->
                        request.streamName(stream).shardToSplit(firstShard()).newStartingHashKey("1000"));
        awaitActive();
        assertEquals(3, list(ShardFilterType.AT_LATEST).size());
        assertEquals(4, list(ShardFilterType.FROM_TRIM_HORIZON).size());
        ListShardsResponse first =
                kinesis().listShards(request -> request.streamName(stream).maxResults(3));
        assertEquals(3, first.shards().size());
        ListShardsResponse second = kinesis().listShards(request -> request.nextToken(first.nextToken()));
        assertEquals(1, second.shards().size());
        assertNull(second.nextToken());
    }

    private List<Shard> list(ShardFilterType type) {
        return kinesis()
                .listShards(request -> request.streamName(stream).shardFilter(filter -> filter.type(type)))
                .shards();
    }

    @Test
    void retentionGoesUpAndDown() {
        create(1);
        kinesis()
                .increaseStreamRetentionPeriod(
                        request -> request.streamName(stream).retentionPeriodHours(48));
        awaitActive();
        assertEquals(48, summary().retentionPeriodHours());
        kinesis()
                .decreaseStreamRetentionPeriod(
                        request -> request.streamName(stream).retentionPeriodHours(24));
        awaitActive();
        assertEquals(24, summary().retentionPeriodHours());
        assertThrows(
                InvalidArgumentException.class,
                () -> kinesis()
                        .increaseStreamRetentionPeriod(
                                request -> request.streamName(stream).retentionPeriodHours(8_761)));
    }

    @Test
    void tagsAreKept() {
        create(1);
        kinesis().addTagsToStream(request -> request.streamName(stream).tags(Map.of("team", "logs", "stage", "01")));
        kinesis().removeTagsFromStream(request -> request.streamName(stream).tagKeys("team"));
        assertEquals(
                List.of("stage=01"),
                kinesis().listTagsForStream(request -> request.streamName(stream)).tags().stream()
                        .map(tag -> tag.key() + "=" + tag.value())
                        .toList());
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThrows(ResourceNotFoundException.class, () -> put("k", "x"));
        assertThrows(ResourceNotFoundException.class, this::summary);
        create(1);
        assertThrows(
                ResourceNotFoundException.class,
                () -> iterate(iterator("shardId-000000000007", ShardIteratorType.LATEST)));
    }

    @Test
    void whatBreaksTheRulesIsRefused() {
        create(1);
        assertThrows(KinesisException.class, () -> put("", "x"));
        assertThrows(KinesisException.class, () -> put("k".repeat(257), "x"));
        assertThrows(
                KinesisException.class,
                () -> kinesis().getRecords(request -> request.shardIterator("not an iterator")));
        assertThrows(
                KinesisException.class,
                () -> kinesis().putRecords(request -> request.streamName(stream).records(List.of())));
        assertEquals(
                0,
                read(iterator(firstShard(), ShardIteratorType.TRIM_HORIZON), 0).size());
    }
}
