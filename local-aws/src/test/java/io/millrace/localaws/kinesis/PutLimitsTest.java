package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PutLimitsTest {

    private static final int MIB = 1 << 20;
    private static final String SHARD = Shard.idOf(0);

    private final Api api = Api.withDefaults();

    @BeforeEach
    void createStream() {
        api.createStream("s", 1);
    }

    private static String entry(int dataLength) {
        return "{'Data':'" + Api.base64("x".repeat(dataLength)) + "','PartitionKey':'k'}";
    }

    private static String entries(int count, String entry) {
        return "{'StreamName':'s','Records':[" + String.join(",", Collections.nCopies(count, entry)) + "]}";
    }

    @Test
    void aRequestHas500EntriesAtMost() {
        assertEquals(
                0,
                api.call("PutRecords", entries(500, entry(1)))
                        .path("FailedRecordCount")
                        .intValue());
        assertTrue(api.error("PutRecords", entries(501, entry(1))).startsWith("ValidationException: "));
        assertTrue(api.error("PutRecords", entries(0, "")).startsWith("ValidationException: "));
        assertTrue(api.error("PutRecords", "{'StreamName':'s'}").startsWith("ValidationException: "));
        assertEquals(500, api.readAll("s", SHARD, "'TRIM_HORIZON'").size());
    }

    @Test
    void aRecordWithItsKeyHas1MibAtMostUntilTheStreamAllowsMore() {
        api.call("PutRecords", entries(1, entry(MIB - 1)));
        String error = api.error("PutRecords", entries(1, entry(MIB)));
        assertTrue(error.startsWith("ValidationException: "), error);
        assertTrue(error.endsWith("Member must have length less than or equal to 1048576"), error);

        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
        api.call("UpdateMaxRecordSize", "{'StreamARN':'" + arn + "','MaxRecordSizeInKiB':10240}");
        api.call("PutRecords", entries(1, entry(10 * MIB - 1)));
        assertTrue(api.error("UpdateMaxRecordSize", "{'StreamARN':'" + arn + "','MaxRecordSizeInKiB':10241}")
                .startsWith("ValidationException: "));
        JsonNode first = api.read(api.iterator("s", SHARD, "'TRIM_HORIZON'"));
        assertEquals(
                List.of(MIB - 1), Api.data(first).stream().map(String::length).toList());
        JsonNode second = api.read(first.path("NextShardIterator").textValue());
        assertEquals(
                List.of(10 * MIB - 1),
                Api.data(second).stream().map(String::length).toList());
    }

    @Test
    void aRequestHas10MibAtMostAndFailsAsAWhole() {
        api.call("PutRecords", entries(10, entry(MIB - 1)));
        String error = api.error("PutRecords", entries(11, entry(MIB - 1)));
        assertTrue(error.startsWith("InvalidArgumentException: Records size exceeds"), error);
        assertEquals(10, api.readAll("s", SHARD, "'TRIM_HORIZON'").size());
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "256, true", "257, false"})
    void aPartitionKeyHas1To256Characters(int length, boolean allowed) {
        String request = "{'StreamName':'s','Data':'','PartitionKey':'" + "ä".repeat(length) + "'}";
        assertEquals(allowed ? 200 : 400, api.raw("PutRecord", request).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "PutRecord ; {'StreamName':'s','Data':''} ; 'partitionKey'",
                "PutRecord ; {'StreamName':'s','PartitionKey':'k'} ; 'data'",
                "PutRecord ; {'StreamName':'s','PartitionKey':'k','Data':null} ; 'data'",
                "PutRecords ; {'StreamName':'s','Records':[{'Data':'','PartitionKey':'k'},{'Data':''}]} ; 'records.2.member.partitionKey'",
                "PutRecords ; {'StreamName':'s','Records':[{'PartitionKey':'k'}]} ; 'records.1.member.data'",
                "PutRecords ; {'StreamName':'s y','Records':[{'PartitionKey':'k','Data':''}]} ; 'streamName'"
            })
    void namesWhatIsMissing(String operation, String request, String member) {
        String error = api.error(operation, request);
        assertTrue(error.startsWith("ValidationException: "), error);
        assertTrue(error.contains("at " + member + " failed"), error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'StreamName':'s','Data':'not base64!','PartitionKey':'k'}",
                "{'StreamName':'s','Data':7,'PartitionKey':'k'}",
                "{'StreamName':'s','Data':'','PartitionKey':7}",
                "{'StreamName':'s','Data':'','PartitionKey':'k'",
                "['StreamName']"
            })
    void refusesWhatIsNotWellFormed(String request) {
        String error = api.error("PutRecord", request);
        assertTrue(error.startsWith("SerializationException: "), error);
    }

    @Test
    void membersThatItDoesNotKnowAreLeftAside() {
        api.call(
                "PutRecords",
                "{'New':{'a':[1,{}]},'Records':[{'New':{'a':[1]},'PartitionKey':'k','Data':'eA==','Old':null}],"
                        + "'StreamName':'s'}");
        assertEquals(List.of("x"), api.readAll("s", SHARD, "'TRIM_HORIZON'"));
    }

    @Test
    void aReadGives10000RecordsOr10MibAtMost() {
        for (int i = 0; i < 21; i++) {
            api.call("PutRecords", entries(500, entry(1)));
        }
        JsonNode first = api.read(api.iterator("s", SHARD, "'TRIM_HORIZON'"));
        assertEquals(10_000, first.path("Records").size());
        JsonNode second = api.read(first.path("NextShardIterator").textValue());
        assertEquals(500, second.path("Records").size());

        String latest = api.iterator("s", SHARD, "'LATEST'");
        api.call("PutRecords", entries(9, entry(MIB - 1)));
        api.call("PutRecords", entries(9, entry(MIB - 1)));
        JsonNode third = api.read(latest);
        assertEquals(10, third.path("Records").size());
        assertEquals(
                8,
                api.read(third.path("NextShardIterator").textValue())
                        .path("Records")
                        .size());
    }

    @ParameterizedTest
    @CsvSource({"0, ValidationException", "10001, InvalidArgumentException"})
    void aReadsLimitIs1To10000(int limit, String type) {
        String iterator = api.iterator("s", SHARD, "'TRIM_HORIZON'");
        String error = api.error("GetRecords", "{'ShardIterator':'" + iterator + "','Limit':" + limit + "}");
        assertTrue(error.startsWith(type), error);
    }
}
