package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardThroughputTest {

    private static final String SHARD = Shard.idOf(0);
    private static final int MIB = 1 << 20;

    private final Api api = new Api(KinesisSettings.defaults().withShardLimits(ShardLimits.ALL));

    @BeforeEach
    void createStream() {
        api.createStream("s", 1);
    }

    private JsonNode put(int count, int dataLength) {
        String entry = "{'Data':'" + Api.base64("x".repeat(dataLength)) + "','PartitionKey':'k'}";
        return api.call(
                "PutRecords",
                "{'StreamName':'s','Records':[" + String.join(",", Collections.nCopies(count, entry)) + "]}");
    }

    private int failures(int count, int dataLength) {
        return put(count, dataLength).path("FailedRecordCount").intValue();
    }

    @Test
    void aShardTakes1000RecordsASecond() {
        assertEquals(0, failures(500, 1));
        assertEquals(0, failures(500, 1));
        JsonNode third = put(3, 1);
        assertEquals(3, third.path("FailedRecordCount").intValue());
        JsonNode entry = third.path("Records").path(0);
        assertEquals(
                "ProvisionedThroughputExceededException",
                entry.path("ErrorCode").textValue());
        assertEquals(
                "Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.",
                entry.path("ErrorMessage").textValue());
        api.advance(Duration.ofMillis(100));
        assertEquals(400, failures(500, 1));
        api.advance(Duration.ofHours(10));
        assertEquals(0, failures(500, 1));
    }

    @Test
    void aShardTakes1MibASecond() {
        assertEquals(0, failures(4, MIB / 4 - 1));
        assertEquals(1, failures(1, 1));
        String error = api.error("PutRecord", "{'StreamName':'s','Data':'eA==','PartitionKey':'k'}");
        assertTrue(error.startsWith("ProvisionedThroughputExceededException: Rate exceeded"), error);
        api.advance(Duration.ofMillis(500));
        assertEquals(2, failures(4, MIB / 4 - 1));
    }

    @Test
    void whereReadsAloneAreLimitedItTakesAll() {
        Api reads = new Api(KinesisSettings.defaults().withShardLimits(ShardLimits.READS));
        reads.createStream("s", 1);
        String entry = "{'Data':'eA==','PartitionKey':'k'}";
        String put = "{'StreamName':'s','Records':[" + String.join(",", Collections.nCopies(500, entry)) + "]}";
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    0, reads.call("PutRecords", put).path("FailedRecordCount").intValue());
        }
        String iterator = reads.iterator("s", SHARD, "'TRIM_HORIZON'");
        for (int i = 0; i < 5; i++) {
            reads.read(iterator);
        }
        assertTrue(reads.error("GetRecords", "{'ShardIterator':'" + iterator + "'}")
                .startsWith("ProvisionedThroughputExceededException: "));
    }

    @Test
    void aLargeRecordIsMadeGoodAfterwards() {
        api.call(
                "UpdateMaxRecordSize",
                "{'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s','MaxRecordSizeInKiB':10240}");
        assertEquals(0, failures(1, 3 * MIB));
        api.advance(Duration.ofMillis(1_900));
        assertEquals(1, failures(1, 1));
        api.advance(Duration.ofMillis(200));
        assertEquals(0, failures(1, 1));
    }

    @Test
    void aShardIsRead5TimesASecond() {
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        for (int i = 0; i < 5; i++) {
            api.read(iterator);
        }
        String error = api.error("GetRecords", "{'ShardIterator':'" + iterator + "'}");
        assertTrue(error.startsWith("ProvisionedThroughputExceededException: Rate exceeded"), error);
        api.advance(Duration.ofMillis(200));
        api.read(iterator);
    }

    @Test
    void aShardGives2MibASecond() {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, failures(1, MIB - 1));
            api.advance(Duration.ofSeconds(1));
        }
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        assertEquals(3, api.read(iterator).path("Records").size());
        api.advance(Duration.ofMillis(500));
        assertTrue(api.error("GetRecords", "{'ShardIterator':'" + iterator + "'}")
                .startsWith("ProvisionedThroughputExceededException: "));
        api.advance(Duration.ofMillis(10));
        api.read(iterator);
    }

    @Test
    void afterAFullReadThereIsNoneFor5Seconds() {
        for (int i = 0; i < 11; i++) {
            assertEquals(0, failures(1, MIB - 1));
            api.advance(Duration.ofSeconds(1));
        }
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        assertEquals(10, api.read(iterator).path("Records").size());
        api.advance(Duration.ofMillis(4_999));
        assertTrue(api.error("GetRecords", "{'ShardIterator':'" + iterator + "'}")
                .startsWith("ProvisionedThroughputExceededException: "));
        api.advance(Duration.ofMillis(1));
        api.read(iterator);
    }

    @Test
    void iteratorsAreGiven5TimesASecond() {
        for (int i = 0; i < 5; i++) {
            api.iterator("s", SHARD, "'LATEST'");
        }
        assertTrue(api.error(
                        "GetShardIterator", "{'StreamName':'s','ShardId':'" + SHARD + "','ShardIteratorType':'LATEST'}")
                .startsWith("ProvisionedThroughputExceededException: "));
    }

    @Test
    void theLimitsAreOffByDefault() {
        Api unlimited = Api.withDefaults();
        unlimited.createStream("s", 1);
        String iterator = unlimited.iterator("s", SHARD, "'TRIM_HORIZON'");
        for (int i = 0; i < 2_000; i++) {
            unlimited.put("s", "k", "x");
            unlimited.call("GetRecords", "{'Limit':1,'ShardIterator':'" + iterator + "'}");
        }
    }
}
