package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private final Api api = Api.withDefaults();

    private String shardOf(String entry) {
        return api.call("PutRecord", "{'StreamName':'s','Data':''," + entry + "}")
                .path("ShardId")
                .textValue();
    }

    @ParameterizedTest
    @CsvSource({
        // MD5: 5d41402a.., 7d793037.., 8b1a9953.., c4ca4238..
        "hello, 0",
        "world, 0",
        "Hello, 1",
        "1, 1"
    })
    void theMd5OfThePartitionKeyDecides(String key, int shard) {
        api.createStream("s", 2);
        assertEquals(Shard.idOf(shard), shardOf("'PartitionKey':'" + key + "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "85070591730234615865843651857942052863, 0",
        "85070591730234615865843651857942052864, 1",
        "170141183460469231731687303715884105727, 1",
        "170141183460469231731687303715884105728, 2",
        "340282366920938463463374607431768211455, 3"
    })
    void anExplicitHashKeyOverrulesThePartitionKey(String hashKey, int shard) {
        api.createStream("s", 4);
        assertEquals(Shard.idOf(shard), shardOf("'PartitionKey':'hello','ExplicitHashKey':'" + hashKey + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "01", "x", "3402823669209384634633746074317682114550", ""})
    void anExplicitHashKeyIsADecimalNumber(String hashKey) {
        api.createStream("s", 1);
        String error = api.error(
                "PutRecord", "{'StreamName':'s','Data':'','PartitionKey':'k','ExplicitHashKey':'" + hashKey + "'}");
        assertTrue(error.startsWith("ValidationException: "), error);
        assertTrue(error.contains("at 'explicitHashKey'"), error);
    }

    @Test
    void anExplicitHashKeyBeyond128BitsIsRefused() {
        api.createStream("s", 1);
        String error = api.error(
                "PutRecords",
                "{'StreamName':'s','Records':[{'Data':'','PartitionKey':'k',"
                        + "'ExplicitHashKey':'340282366920938463463374607431768211456'}]}");
        assertTrue(error.startsWith("InvalidArgumentException: Invalid ExplicitHashKey."), error);
    }

    @Test
    void sequenceNumbersRiseWithinEachShard() {
        api.createStream("s", 2);
        JsonNode results = api.call(
                        "PutRecords",
                        "{'StreamName':'s','Records':["
                                + "{'Data':'','PartitionKey':'hello'},{'Data':'','PartitionKey':'1'},"
                                + "{'Data':'','PartitionKey':'world'},{'Data':'','PartitionKey':'Hello'}]}")
                .path("Records");
        assertEquals(
                List.of(0, 1, 0, 1),
                results.findValuesAsText("ShardId").stream()
                        .map(id -> Integer.parseInt(id.substring(8)))
                        .toList());
        List<BigInteger> numbers = results.findValuesAsText("SequenceNumber").stream()
                .map(BigInteger::new)
                .toList();
        assertTrue(numbers.get(0).compareTo(numbers.get(2)) < 0);
        assertTrue(numbers.get(1).compareTo(numbers.get(3)) < 0);
    }
}
