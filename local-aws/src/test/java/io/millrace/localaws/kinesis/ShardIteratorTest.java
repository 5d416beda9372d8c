package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIteratorTest {

    private static final String SHARD = Shard.idOf(0);

    private final Api api = Api.withDefaults();
    private String first;
    private String second;

    @BeforeEach
    void putTwoRecords() {
        api.createStream("s", 1);
        api.advance(Duration.ofSeconds(10));
        first = api.put("s", "k", "one");
        api.advance(Duration.ofSeconds(10));
        second = api.put("s", "k", "two");
        api.advance(Duration.ofSeconds(10));
    }

    @Test
    void trimHorizonStartsAtTheOldest() {
        assertEquals(List.of("one", "two"), api.readAll("s", SHARD, "'TRIM_HORIZON'"));
    }

    @Test
    void latestStartsAfterTheNewestOfThatMoment() {
        String iterator = api.iterator("s", SHARD, "'LATEST'");
        assertEquals(List.of(), Api.data(api.read(iterator)));
        api.put("s", "k", "three");
        assertEquals(List.of("three"), Api.data(api.read(iterator)));
    }

    @Test
    void atAndAfterASequenceNumber() {
        assertEquals(
                List.of("one", "two"),
                api.readAll("s", SHARD, "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'" + first + "'"));
        assertEquals(
                List.of("two"),
                api.readAll("s", SHARD, "'AFTER_SEQUENCE_NUMBER','StartingSequenceNumber':'" + first + "'"));
        assertEquals(
                List.of("two"),
                api.readAll("s", SHARD, "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'" + second + "'"));
        assertEquals(
                List.of(),
                api.readAll("s", SHARD, "'AFTER_SEQUENCE_NUMBER','StartingSequenceNumber':'" + second + "'"));
    }

    @Test
    void theShardsOwnStartingNumberStartsAtTheOldest() {
        String start = api.call("ListShards", "{'StreamName':'s'}")
                .findValue("StartingSequenceNumber")
                .textValue();
        for (String type : List.of("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER")) {
            assertEquals(
                    List.of("one", "two"),
                    api.readAll("s", SHARD, "'" + type + "','StartingSequenceNumber':'" + start + "'"));
        }
    }

    @Test
    void atATimestampStartsThereOrLater() {
        double start = Api.START.toEpochMilli() / 1000.0;
        assertEquals(List.of("one", "two"), atTimestamp(String.valueOf(start - 1_000_000)));
        assertEquals(List.of("one", "two"), atTimestamp(String.valueOf(start + 10)));
        assertEquals(List.of("two"), atTimestamp(String.valueOf(start + 10.001)));
        assertEquals(List.of("two"), atTimestamp("'" + Api.START.plusSeconds(20) + "'"));
        assertEquals(List.of(), atTimestamp(String.valueOf(start + 20.001)));
    }

    private List<String> atTimestamp(String timestamp) {
        return api.readAll("s", SHARD, "'AT_TIMESTAMP','Timestamp':" + timestamp);
    }

    @Test
    void aTimestampIsNotInTheFuture() {
        String error = api.error(
                "GetShardIterator",
                "{'StreamName':'s','ShardId':'" + SHARD + "','ShardIteratorType':'AT_TIMESTAMP','Timestamp':"
                        + (Api.START.getEpochSecond() + 1_000) + "}");
        assertTrue(error.startsWith("InvalidArgumentException: The timestampInMillis parameter"), error);
    }

    @Test
    void lives5Minutes() {
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        api.advance(Duration.ofMinutes(5));
        assertEquals(2, api.read(iterator).path("Records").size());
        api.advance(Duration.ofMillis(1));
        String error = api.error("GetRecords", "{'ShardIterator':'" + iterator + "'}");
        assertTrue(error.startsWith("ExpiredIteratorException: Iterator expired."), error);
    }

    @Test
    void readingGivesAFreshOne() {
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        for (int i = 0; i < 10; i++) {
            api.advance(Duration.ofMinutes(4));
            iterator = api.read(iterator).path("NextShardIterator").textValue();
        }
        api.put("s", "k", "three");
        assertEquals(List.of("three"), Api.data(api.read(iterator)));
    }

    @Test
    void ofAStreamThatIsGoneFindsNothing() {
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        api.call("DeleteStream", "{'StreamName':'s'}");
        String expected = "ResourceNotFoundException: Stream s under account 000000000000 not found.";
        assertEquals(expected, api.error("GetRecords", "{'ShardIterator':'" + iterator + "'}"));
        api.createStream("s", 1);
        assertEquals(expected, api.error("GetRecords", "{'ShardIterator':'" + iterator + "'}"));
    }

    @Test
    void thatWasCutOrMistypedIsRefused() {
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        for (String wrong : List.of("x", iterator.substring(4), "AAAA" + iterator.substring(4), iterator + "AAAA")) {
            assertEquals(
                    "InvalidArgumentException: Invalid ShardIterator.",
                    api.error("GetRecords", "{'ShardIterator':'" + wrong + "'}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'AT_SEQUENCE_NUMBER'",
                "'AFTER_SEQUENCE_NUMBER'",
                "'AT_TIMESTAMP'",
                "'LATEST','StartingSequenceNumber':'49543463076548007577105092703039560359975228518395019266'",
                "'TRIM_HORIZON','Timestamp':1",
                // No number, and a number of another shard.
                "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'12'",
                "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'49543463076548007577105092703039560359975228518395019266'"
            })
    void typeAndArgumentsMustFit(String typeAndMore) {
        String error = api.error(
                "GetShardIterator",
                "{'StreamName':'s','ShardId':'" + SHARD + "','ShardIteratorType':" + typeAndMore + "}");
        assertTrue(error.startsWith("InvalidArgumentException: "), error);
    }

    @Test
    void anUnknownShardOrTypeIsRefused() {
        assertEquals(
                "ResourceNotFoundException: Could not find shard shardId-000000000009 in stream s under account"
                        + " 000000000000.",
                api.error(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'shardId-000000000009','ShardIteratorType':'LATEST'}"));
        String error = api.error(
                "GetShardIterator", "{'StreamName':'s','ShardId':'" + SHARD + "','ShardIteratorType':'OLDEST'}");
        assertTrue(error.startsWith("ValidationException: 1 validation error detected: Value 'OLDEST'"), error);
    }
}
