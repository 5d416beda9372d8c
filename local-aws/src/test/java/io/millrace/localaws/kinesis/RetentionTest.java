package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private static final String SHARD = Shard.idOf(0);

    private final Api api = Api.withDefaults();

    @BeforeEach
    void createStream() {
        api.createStream("s", 1);
    }

    private void setRetention(String verb, int hours) {
        api.call(verb + "StreamRetentionPeriod", "{'StreamName':'s','RetentionPeriodHours':" + hours + "}");
    }

    @Test
    void recordsGoAfter24Hours() {
        String old = api.put("s", "k", "old");
        api.advance(Duration.ofHours(1));
        api.put("s", "k", "new");
        api.advance(Duration.ofHours(23));
        assertEquals(List.of("old", "new"), api.readAll("s", SHARD, "'TRIM_HORIZON'"));
        api.advance(Duration.ofMillis(1));
        assertEquals(List.of("new"), api.readAll("s", SHARD, "'TRIM_HORIZON'"));
        assertEquals(
                List.of("new"), api.readAll("s", SHARD, "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'" + old + "'"));
        assertEquals(
                List.of("new"), api.readAll("s", SHARD, "'AT_TIMESTAMP','Timestamp':" + Api.START.getEpochSecond()));
    }

    @Test
    void aTestNeedNotWaitADay() {
        Api quick = new Api(KinesisSettings.defaults().withRetention(Duration.ofMinutes(3)));
        quick.createStream("s", 1);
        quick.put("s", "k", "old");
        quick.advance(Duration.ofMinutes(3).plusMillis(1));
        quick.put("s", "k", "new");

        assertEquals(List.of("new"), quick.readAll("s", SHARD, "'TRIM_HORIZON'"));
        assertEquals(
                24,
                quick.call("DescribeStreamSummary", "{'StreamName':'s'}")
                        .path("StreamDescriptionSummary")
                        .path("RetentionPeriodHours")
                        .intValue());
    }

    @Test
    void anIteratorIntoWhatWasTrimmedGoesOnAtTheOldest() {
        api.put("s", "k", "old");
        api.advance(Duration.ofHours(23).plusMinutes(58));
        api.put("s", "k", "new");
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        api.advance(Duration.ofMinutes(4));
        JsonNode read = api.read(iterator);
        assertEquals(List.of("new"), Api.data(read));
        assertEquals(List.of(), Api.data(api.read(read.path("NextShardIterator").textValue())));
    }

    @Test
    void aLongerRetentionKeepsThemAndAShorterOneDropsThem() {
        setRetention("Increase", 48);
        api.put("s", "k", "old");
        api.advance(Duration.ofHours(30));
        assertEquals(List.of("old"), api.readAll("s", SHARD, "'TRIM_HORIZON'"));
        assertEquals(
                48,
                api.call("DescribeStreamSummary", "{'StreamName':'s'}")
                        .findValue("RetentionPeriodHours")
                        .intValue());
        setRetention("Decrease", 24);
        assertEquals(List.of(), api.readAll("s", SHARD, "'TRIM_HORIZON'"));
        setRetention("Increase", 8_760);
        assertEquals(List.of(), api.readAll("s", SHARD, "'TRIM_HORIZON'"));
    }

    @ParameterizedTest
    @CsvSource({
        "Increase, 23, Minimum allowed",
        "Increase, 8761, Maximum allowed",
        "Increase, 30, can not be shorter",
        "Decrease, 23, Minimum allowed",
        "Decrease, 50, can not be longer"
    })
    void theLimitsOfRetention(String verb, int hours, String message) {
        setRetention("Increase", 48);
        String error =
                api.error(verb + "StreamRetentionPeriod", "{'StreamName':'s','RetentionPeriodHours':" + hours + "}");
        assertTrue(error.startsWith("InvalidArgumentException: "), error);
        assertTrue(error.contains(message), error);
    }

    @Test
    void millisBehindLatestIsTheAgeOfWhatIsNotYetRead() {
        api.put("s", "k", "one");
        api.advance(Duration.ofSeconds(30));
        api.put("s", "k", "two");
        api.advance(Duration.ofSeconds(12));
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        JsonNode first = api.call("GetRecords", "{'Limit':1,'ShardIterator':'" + iterator + "'}");
        assertEquals(12_000, first.path("MillisBehindLatest").longValue());
        JsonNode second = api.call(
                "GetRecords",
                "{'Limit':1,'ShardIterator':'" + first.path("NextShardIterator").textValue() + "'}");
        assertEquals(0, second.path("MillisBehindLatest").longValue());
    }
}
