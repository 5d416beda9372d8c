package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListShardsTest {

    private final Api api = Api.withDefaults();

    /** At 0 min the shards 0 and 1; at 10 min 0 is split into 2 and 3; at 20 min 1 and 3 are merged into 4; now: 30 min. */
    @BeforeEach
    void reshardTwice() {
        api.createStream("s", 2);
        api.advance(Duration.ofMinutes(10));
        api.call("SplitShard", "{'StreamName':'s','ShardToSplit':'" + Shard.idOf(0) + "','NewStartingHashKey':'99'}");
        api.advance(Duration.ofMinutes(10));
        api.call(
                "MergeShards",
                "{'StreamName':'s','ShardToMerge':'" + Shard.idOf(3) + "','AdjacentShardToMerge':'" + Shard.idOf(1)
                        + "'}");
        api.advance(Duration.ofMinutes(10));
    }

    private String list(String members) {
        return indexes(api.call("ListShards", "{'StreamName':'s'" + members + "}"));
    }

    private static String indexes(JsonNode page) {
        List<String> indexes = new ArrayList<>();
        page.path("Shards")
                .forEach(shard -> indexes.add(shard.path("ShardId").textValue().replaceFirst("shardId-0*(?=.)", "")));
        return String.join(" ", indexes);
    }

    @Test
    void allWithoutAFilter() {
        assertEquals("0 1 2 3 4", list(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'Type':'AT_LATEST' ; 2 4",
                "'Type':'AT_TRIM_HORIZON' ; 0 1",
                "'Type':'FROM_TRIM_HORIZON' ; 0 1 2 3 4",
                "'Type':'AFTER_SHARD_ID','ShardId':'shardId-000000000002' ; 3 4",
                "'Type':'AFTER_SHARD_ID','ShardId':'shardId-000000000004' ; ``"
            })
    void byTypeOfFilter(String filter, String expected) {
        assertEquals(expected, list(",'ShardFilter':{" + filter + "}"));
    }

    @ParameterizedTest
    @CsvSource({
        "AT_TIMESTAMP, 5, 0 1",
        "AT_TIMESTAMP, 15, 1 2 3",
        "AT_TIMESTAMP, 25, 2 4",
        "AT_TIMESTAMP, -60, 0 1",
        "FROM_TIMESTAMP, 5, 0 1 2 3 4",
        "FROM_TIMESTAMP, 15, 1 2 3 4",
        "FROM_TIMESTAMP, 25, 2 4",
        "FROM_TIMESTAMP, -60, 0 1 2 3 4"
    })
    void byTime(String type, int minute, String expected) {
        long second = Api.START.plus(Duration.ofMinutes(minute)).getEpochSecond();
        assertEquals(expected, list(",'ShardFilter':{'Type':'" + type + "','Timestamp':" + second + "}"));
    }

    @Test
    void theTrimHorizonMovesOn() {
        api.advance(Duration.ofHours(24).minus(Duration.ofMinutes(15)));
        assertEquals("1 2 3", list(",'ShardFilter':{'Type':'AT_TRIM_HORIZON'}"));
        assertEquals("1 2 3 4", list(""));
    }

    @Test
    void pageByPageUnderOneFilter() {
        JsonNode first = api.call(
                "ListShards",
                "{'StreamName':'s','MaxResults':2,'ShardFilter':{'Type':'FROM_TIMESTAMP','Timestamp':"
                        + Api.START.plus(Duration.ofMinutes(15)).getEpochSecond() + "}}");
        assertEquals("1 2", indexes(first));
        JsonNode second = api.call(
                "ListShards", "{'NextToken':'" + first.path("NextToken").textValue() + "'}");
        assertEquals("3 4", indexes(second));
        assertFalse(second.has("NextToken"));
    }

    @Test
    void afterAShard() {
        assertEquals("4", list(",'ExclusiveStartShardId':'shardId-000000000003'"));
    }

    @Test
    void aTokenLivesFiveMinutes() {
        String token = api.call("ListShards", "{'StreamName':'s','MaxResults':1}")
                .path("NextToken")
                .textValue();
        api.advance(Duration.ofMinutes(5));
        assertEquals("1 2 3 4", indexes(api.call("ListShards", "{'NextToken':'" + token + "'}")));
        api.advance(Duration.ofMillis(1));
        assertTrue(api.error("ListShards", "{'NextToken':'" + token + "'}").startsWith("ExpiredNextTokenException: "));
    }

    @Test
    void aStreamOfThatCreationTime() {
        assertEquals("0 1 2 3 4", list(",'StreamCreationTimestamp':" + Api.START.getEpochSecond()));
        String error = api.error("ListShards", "{'StreamName':'s','StreamCreationTimestamp':1700000000}");
        assertTrue(error.startsWith("ResourceNotFoundException: "), error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'NextToken':'bm9uZQ=='",
                "'StreamName':'s','NextToken':'bm9uZQ=='",
                "'StreamName':'s','ShardFilter':{'Type':'AT_TIMESTAMP'}",
                "'StreamName':'s','ShardFilter':{'Type':'AFTER_SHARD_ID'}",
                "'StreamName':'s','ShardFilter':{'Type':'AT_LATEST','Timestamp':1}",
                "'StreamName':'s','ExclusiveStartShardId':'x','ShardFilter':{'Type':'AT_LATEST'}",
                "'MaxResults':10"
            })
    void argumentsMustFit(String members) {
        String error = api.error("ListShards", "{" + members + "}");
        assertTrue(error.startsWith("InvalidArgumentException: "), error);
    }
}
