package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReshardTest {

    private static final String MIDDLE = "170141183460469231731687303715884105728";

    private final Api api = Api.withDefaults();

    private List<JsonNode> shards() {
        List<JsonNode> shards = new ArrayList<>();
        api.call("ListShards", "{'StreamName':'s'}").path("Shards").forEach(shards::add);
        return shards;
    }

    private List<JsonNode> openShards() {
        return shards().stream()
                .filter(shard -> shard.findValue("EndingSequenceNumber") == null)
                .toList();
    }

    private void split(int shard, String at) {
        api.call(
                "SplitShard",
                "{'StreamName':'s','ShardToSplit':'" + Shard.idOf(shard) + "','NewStartingHashKey':'" + at + "'}");
    }

    private void merge(int shard, int adjacent) {
        api.call(
                "MergeShards",
                "{'StreamName':'s','ShardToMerge':'" + Shard.idOf(shard) + "','AdjacentShardToMerge':'"
                        + Shard.idOf(adjacent) + "'}");
    }

    @Test
    void aSplitShardEndsAndItsChildrenGoOn() {
        api.createStream("s", 1);
        api.put("s", "k", "before");
        split(0, MIDDLE);
        api.put("s", "hello", "low");
        api.put("s", "Hello", "high");

        List<JsonNode> shards = shards();
        assertEquals(List.of("shardId-000000000000", "shardId-000000000001", "shardId-000000000002"), ids(shards));
        assertEquals(Shard.idOf(0), shards.get(1).path("ParentShardId").textValue());
        assertEquals(Shard.idOf(0), shards.get(2).path("ParentShardId").textValue());
        assertFalse(shards.get(1).has("AdjacentParentShardId"));
        assertEquals(MIDDLE, shards.get(2).findValue("StartingHashKey").textValue());
        assertEquals(
                "170141183460469231731687303715884105727",
                shards.get(1).findValue("EndingHashKey").textValue());

        JsonNode parent = api.read(api.iterator("s", Shard.idOf(0), "'TRIM_HORIZON'"));
        assertEquals(List.of("before"), Api.data(parent));
        assertFalse(parent.has("NextShardIterator"));
        assertEquals(2, parent.path("ChildShards").size());
        assertEquals(
                Shard.idOf(1),
                parent.path("ChildShards").path(0).path("ShardId").textValue());
        assertEquals(
                Shard.idOf(0),
                parent.path("ChildShards").path(0).path("ParentShards").path(0).textValue());
        assertEquals(
                MIDDLE,
                parent.path("ChildShards").path(1).findValue("StartingHashKey").textValue());
        assertEquals(List.of("low"), api.readAll("s", Shard.idOf(1), "'TRIM_HORIZON'"));
        assertEquals(List.of("high"), api.readAll("s", Shard.idOf(2), "'TRIM_HORIZON'"));
    }

    @Test
    void aClosedShardIsReadInPartsLikeAnyOther() {
        api.createStream("s", 1);
        api.put("s", "k", "one");
        api.put("s", "k", "two");
        split(0, MIDDLE);
        String iterator = api.iterator("s", Shard.idOf(0), "'TRIM_HORIZON'");
        JsonNode first = api.call("GetRecords", "{'Limit':1,'ShardIterator':'" + iterator + "'}");
        assertTrue(first.has("NextShardIterator"));
        assertFalse(first.has("ChildShards"));
        JsonNode second = api.read(first.path("NextShardIterator").textValue());
        assertFalse(second.has("NextShardIterator"));
        assertTrue(second.has("ChildShards"));
        // LATEST of a closed shard is its end.
        JsonNode latest = api.read(api.iterator("s", Shard.idOf(0), "'LATEST'"));
        assertEquals(List.of(), Api.data(latest));
        assertFalse(latest.has("NextShardIterator"));
    }

    @Test
    void mergedShardsShareAChild() {
        api.createStream("s", 2);
        api.put("s", "hello", "low");
        merge(1, 0);
        api.put("s", "hello", "after");
        List<JsonNode> shards = shards();
        assertEquals(3, shards.size());
        assertEquals(Shard.idOf(1), shards.get(2).path("ParentShardId").textValue());
        assertEquals(Shard.idOf(0), shards.get(2).path("AdjacentParentShardId").textValue());
        assertEquals("0", shards.get(2).findValue("StartingHashKey").textValue());
        assertEquals(List.of("after"), api.readAll("s", Shard.idOf(2), "'TRIM_HORIZON'"));
        JsonNode child = api.read(api.iterator("s", Shard.idOf(0), "'LATEST'"))
                .path("ChildShards")
                .path(0);
        assertEquals(2, child.path("ParentShards").size());
    }

    @Test
    void aChildsNumbersStartAboveItsParentsEndEvenWithinOneSecond() {
        api.createStream("s", 1);
        split(0, MIDDLE);
        merge(1, 2);
        split(3, MIDDLE);
        String put = api.put("s", "k", "x");
        for (JsonNode shard : shards()) {
            for (String parent : List.of("ParentShardId", "AdjacentParentShardId")) {
                shards().stream()
                        .filter(other -> other.path("ShardId").equals(shard.path(parent)))
                        .forEach(other -> assertTrue(
                                number(other, "EndingSequenceNumber").compareTo(number(shard, "StartingSequenceNumber"))
                                        < 0));
            }
        }
        JsonNode owner = shards().stream()
                .filter(shard -> number(shard, "StartingSequenceNumber").compareTo(new BigInteger(put)) < 0)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertFalse(owner.path("SequenceNumberRange").has("EndingSequenceNumber"));
        assertEquals(
                List.of("x"),
                api.readAll(
                        "s",
                        owner.path("ShardId").textValue(),
                        "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'" + put + "'"));
    }

    private static BigInteger number(JsonNode shard, String name) {
        return new BigInteger(shard.findValue(name).textValue());
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,4", "3,5", "4,7", "4,2", "5,3", "7,5", "6,3", "3,3"})
    void scalingLeavesEqualShardsThatCoverTheSpace(int from, int to) {
        api.createStream("s", from);
        api.call(
                "UpdateShardCount", "{'StreamName':'s','TargetShardCount':" + to + ",'ScalingType':'UNIFORM_SCALING'}");
        List<String> starts = openShards().stream()
                .map(shard -> shard.findValue("StartingHashKey").textValue())
                .sorted()
                .toList();
        assertEquals(
                HashKeyRange.uniform(to).stream()
                        .map(range -> range.start().toString())
                        .sorted()
                        .toList(),
                starts);
        assertEquals(
                to,
                api.call("DescribeStreamSummary", "{'StreamName':'s'}")
                        .findValue("OpenShardCount")
                        .intValue());
        for (JsonNode shard : shards()) {
            long children = shards().stream()
                    .filter(other -> other.path("ParentShardId").equals(shard.path("ShardId"))
                            || other.path("AdjacentParentShardId").equals(shard.path("ShardId")))
                    .count();
            assertEquals(shard.findValue("EndingSequenceNumber") == null, children == 0, shard.toString());
            assertTrue(children <= 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"2,5,double", "4,1,half"})
    void scalingStaysWithinHalfAndDouble(int from, int to, String message) {
        api.createStream("s", from);
        String error = api.error(
                "UpdateShardCount", "{'StreamName':'s','TargetShardCount':" + to + ",'ScalingType':'UNIFORM_SCALING'}");
        assertTrue(error.startsWith("LimitExceededException: "), error);
        assertTrue(error.contains(message), error);
    }

    @Test
    void whatCannotBeSplitOrMergedIsRefused() {
        api.createStream("s", 3);
        assertInvalid(
                "MergeShards", "'ShardToMerge':'shardId-000000000000','AdjacentShardToMerge':'shardId-000000000002'");
        assertInvalid("SplitShard", "'ShardToSplit':'shardId-000000000000','NewStartingHashKey':'0'");
        assertInvalid("SplitShard", "'ShardToSplit':'shardId-000000000000','NewStartingHashKey':'" + MIDDLE + "'");
        merge(0, 1);
        assertInvalid(
                "MergeShards", "'ShardToMerge':'shardId-000000000001','AdjacentShardToMerge':'shardId-000000000002'");
        assertInvalid("SplitShard", "'ShardToSplit':'shardId-000000000001','NewStartingHashKey':'" + MIDDLE + "'");
        String unknown = api.error(
                "SplitShard",
                "{'StreamName':'s','ShardToSplit':'shardId-000000000077','NewStartingHashKey':'" + MIDDLE + "'}");
        assertTrue(unknown.startsWith("ResourceNotFoundException: "), unknown);
    }

    private void assertInvalid(String operation, String members) {
        String error = api.error(operation, "{'StreamName':'s'," + members + "}");
        assertTrue(error.startsWith("InvalidArgumentException: "), error);
    }

    @Test
    void anOnDemandStreamIsNotResharded() {
        api.call("CreateStream", "{'StreamName':'s','StreamModeDetails':{'StreamMode':'ON_DEMAND'}}");
        assertEquals(4, openShards().size());
        String error = api.error(
                "UpdateShardCount", "{'StreamName':'s','TargetShardCount':8,'ScalingType':'UNIFORM_SCALING'}");
        assertTrue(error.startsWith("ValidationException: "), error);
    }

    @Test
    void aClosedShardIsListedUntilItsRecordsExpire() {
        api.createStream("s", 1);
        api.put("s", "k", "old");
        split(0, MIDDLE);
        api.advance(Duration.ofHours(24));
        assertEquals(3, shards().size());
        api.advance(Duration.ofMillis(1));
        assertEquals(List.of(Shard.idOf(1), Shard.idOf(2)), ids(shards()));
        split(1, "5");
        assertEquals(List.of(Shard.idOf(1), Shard.idOf(2), Shard.idOf(3), Shard.idOf(4)), ids(shards()));
    }

    private static List<String> ids(List<JsonNode> shards) {
        return shards.stream().map(shard -> shard.path("ShardId").textValue()).toList();
    }
}
