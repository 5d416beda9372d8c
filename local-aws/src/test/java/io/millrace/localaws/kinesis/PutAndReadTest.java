package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PutAndReadTest {

    private static final String SHARD = "shardId-000000000000";

    private final Api api = Api.withDefaults();

    @BeforeEach
    void createStream() {
        api.createStream("s", 1);
    }

    @Test
    void whatIsPutIsReadInOrder() {
        String first = api.put("s", "k1", "one");
        JsonNode put = api.call(
                "PutRecords",
                "{'Records':[{'Data':'" + Api.base64("two") + "','PartitionKey':'k2'},{'PartitionKey':'ké','Data':'"
                        + Api.base64("three") + "'}],'StreamName':'s'}");
        assertEquals(0, put.path("FailedRecordCount").intValue());
        assertEquals(SHARD, put.path("Records").path(1).path("ShardId").textValue());

        JsonNode read = api.read(api.iterator("s", SHARD, "'TRIM_HORIZON'"));
        assertEquals(List.of("one", "two", "three"), Api.data(read));
        assertEquals(first, read.path("Records").path(0).path("SequenceNumber").textValue());
        assertEquals(
                put.path("Records").path(1).path("SequenceNumber").textValue(),
                read.path("Records").path(2).path("SequenceNumber").textValue());
        assertEquals("ké", read.path("Records").path(2).path("PartitionKey").textValue());
        assertEquals(
                Api.START.toEpochMilli() / 1000.0,
                read.path("Records").path(0).path("ApproximateArrivalTimestamp").doubleValue());
        assertEquals(0, read.path("MillisBehindLatest").longValue());
        assertTrue(
                Api.data(api.read(read.path("NextShardIterator").textValue())).isEmpty());
    }
}
