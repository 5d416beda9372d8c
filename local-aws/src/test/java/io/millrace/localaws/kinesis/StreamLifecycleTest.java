package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamLifecycleTest {

    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

    private final Api api = Api.withDefaults();

    private static String statusOf(Api api) {
        return api.call("DescribeStreamSummary", "{'StreamName':'s'}")
                .findValue("StreamStatus")
                .textValue();
    }

    @Test
    void aStreamIsCreatingThenActiveThenDeletingThenGone() {
        Api slow = new Api(KinesisSettings.defaults().withTransition(Duration.ofSeconds(5)));
        slow.createStream("s", 1);
        assertEquals("CREATING", statusOf(slow));
        assertEquals(
                0,
                slow.call("DescribeStream", "{'StreamName':'s'}")
                        .findValue("Shards")
                        .size());
        assertTrue(slow.error("ListShards", "{'StreamName':'s'}").startsWith("ResourceInUseException: "));
        assertTrue(slow.error("PutRecord", "{'StreamName':'s','Data':'','PartitionKey':'k'}")
                .startsWith("ResourceNotFoundException: "));
        slow.advance(Duration.ofSeconds(5));
        assertEquals("ACTIVE", statusOf(slow));
        slow.put("s", "k", "x");

        slow.call("SplitShard", "{'StreamName':'s','ShardToSplit':'" + Shard.idOf(0) + "','NewStartingHashKey':'9'}");
        assertEquals("UPDATING", statusOf(slow));
        slow.put("s", "k", "x");
        assertEquals(
                "ResourceInUseException: Stream s under account 000000000000 not ACTIVE, instead in state UPDATING",
                slow.error("IncreaseStreamRetentionPeriod", "{'StreamName':'s','RetentionPeriodHours':30}"));
        slow.advance(Duration.ofSeconds(5));
        assertEquals("ACTIVE", statusOf(slow));

        slow.call("DeleteStream", "{'StreamName':'s'}");
        assertEquals("DELETING", statusOf(slow));
        assertTrue(
                slow.error("CreateStream", "{'StreamName':'s','ShardCount':1}").startsWith("ResourceInUseException: "));
        slow.advance(Duration.ofSeconds(5));
        assertTrue(slow.error("DescribeStream", "{'StreamName':'s'}").startsWith("ResourceNotFoundException: "));
        slow.createStream("s", 1);
    }

    @Test
    void notMoreThanFiveAreCreatingAtATime() {
        Api slow = new Api(KinesisSettings.defaults().withTransition(Duration.ofSeconds(5)));
        for (int i = 0; i < 5; i++) {
            slow.createStream("s" + i, 1);
        }
        String error = slow.error("CreateStream", "{'StreamName':'s6','ShardCount':1}");
        assertTrue(error.startsWith("LimitExceededException: "), error);
        slow.advance(Duration.ofSeconds(5));
        slow.createStream("s6", 1);
    }

    @Test
    void isDescribed() {
        api.createStream("s", 2);
        JsonNode description =
                api.call("DescribeStream", "{'StreamARN':'" + ARN + "'}").path("StreamDescription");
        assertEquals("s", description.path("StreamName").textValue());
        assertEquals(ARN, description.path("StreamARN").textValue());
        assertEquals("PROVISIONED", description.findValue("StreamMode").textValue());
        assertEquals(24, description.path("RetentionPeriodHours").intValue());
        assertEquals("NONE", description.path("EncryptionType").textValue());
        assertEquals(
                Api.START.toEpochMilli() / 1000.0,
                description.path("StreamCreationTimestamp").doubleValue());
        assertEquals(2, description.path("Shards").size());
        JsonNode summary =
                api.call("DescribeStreamSummary", "{'StreamName':'s'}").path("StreamDescriptionSummary");
        assertEquals(2, summary.path("OpenShardCount").intValue());
        assertEquals(1_024, summary.path("MaxRecordSizeInKiB").intValue());
    }

    @Test
    void shardsAreDescribedPageByPage() {
        api.createStream("s", 5);
        List<String> ids = new ArrayList<>();
        String more = "";
        boolean hasMore = true;
        while (hasMore) {
            JsonNode page = api.call("DescribeStream", "{'StreamName':'s','Limit':2" + more + "}");
            ids.addAll(page.findValuesAsText("ShardId"));
            hasMore = page.findValue("HasMoreShards").booleanValue();
            more = ",'ExclusiveStartShardId':'" + ids.get(ids.size() - 1) + "'";
        }
        assertEquals(
                List.of(0, 1, 2, 3, 4),
                ids.stream().map(id -> Integer.parseInt(id.substring(8))).toList());
    }

    @Test
    void streamsAreListedByNamePageByPage() {
        for (String name : List.of("c", "a", "e", "b", "d")) {
            api.createStream(name, 1);
        }
        JsonNode first = api.call("ListStreams", "{'Limit':2}");
        assertEquals(List.of("a", "b"), names(first));
        assertTrue(first.path("HasMoreStreams").booleanValue());
        assertEquals(
                "a", first.path("StreamSummaries").path(0).path("StreamName").textValue());
        JsonNode second = api.call("ListStreams", "{'Limit':2,'ExclusiveStartStreamName':'b'}");
        assertEquals(List.of("c", "d"), names(second));
        JsonNode third = api.call(
                "ListStreams", "{'NextToken':'" + second.path("NextToken").textValue() + "'}");
        assertEquals(List.of("e"), names(third));
        assertFalse(third.path("HasMoreStreams").booleanValue());
        assertFalse(third.has("NextToken"));
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("StreamNames").forEach(name -> names.add(name.textValue()));
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'ShardCount':1 ; ValidationException",
                "'StreamName':'a b','ShardCount':1 ; ValidationException",
                "'StreamName':'','ShardCount':1 ; ValidationException",
                "'StreamName':'x' ; ValidationException",
                "'StreamName':'x','ShardCount':0 ; ValidationException",
                "'StreamName':'x','ShardCount':20001 ; LimitExceededException",
                "'StreamName':'x','ShardCount':'one' ; SerializationException",
                "'StreamName':'x','ShardCount':1.5 ; SerializationException",
                "'StreamName':7,'ShardCount':1 ; SerializationException",
                "'StreamName':'x','StreamModeDetails':{'StreamMode':'AUTO'} ; ValidationException",
                "'StreamName':'x','ShardCount':1,'MaxRecordSizeInKiB':100 ; ValidationException"
            },
            quoteCharacter = '`')
    void isNotMadeOf(String members, String type) {
        String error = api.error("CreateStream", "{" + members + "}");
        assertTrue(error.startsWith(type + ": "), error);
        assertEquals(0, api.call("ListStreams", "{}").path("StreamNames").size());
    }

    @Test
    void isMadeOnce() {
        api.createStream("s", 1);
        assertEquals(
                "ResourceInUseException: Stream s under account 000000000000 already exists.",
                api.error("CreateStream", "{'StreamName':'s','ShardCount':1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/other'",
                "'StreamARN':'arn:aws:kinesis:eu-west-1:000000000000:stream/s'",
                "'StreamARN':'arn:aws:kinesis:us-east-1:123456789012:stream/s'",
                "'StreamName':'other'"
            })
    void isNotFoundUnderAnotherName(String members) {
        api.createStream("s", 1);
        String error = api.error("DescribeStreamSummary", "{" + members + "}");
        assertTrue(error.startsWith("ResourceNotFoundException: "), error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'StreamARN':'arn:aws:s3:::s' ; ValidationException",
                "'StreamARN':'s' ; ValidationException",
                "'Limit':1 ; InvalidArgumentException",
                "'StreamName':'t','StreamARN':'" + ARN + "' ; InvalidArgumentException"
            },
            quoteCharacter = '`')
    void mustBeNamedProperly(String members, String type) {
        api.createStream("s", 1);
        String error = api.error("DescribeStream", "{" + members + "}");
        assertTrue(error.startsWith(type + ": "), error);
    }

    @Test
    void changesItsMode() {
        api.createStream("s", 1);
        api.call("UpdateStreamMode", "{'StreamARN':'" + ARN + "','StreamModeDetails':{'StreamMode':'ON_DEMAND'}}");
        assertEquals(
                "ON_DEMAND",
                api.call("DescribeStreamSummary", "{'StreamName':'s'}")
                        .findValue("StreamMode")
                        .textValue());
        JsonNode limits = api.call("DescribeLimits", "{}");
        assertEquals(1, limits.path("OnDemandStreamCount").intValue());
        assertEquals(1, limits.path("OpenShardCount").intValue());
    }

    @Test
    void whatIsNotOfferedSaysSo() {
        assertEquals(
                "UnknownOperationException: Kinesis operation SubscribeToShard is not offered here.",
                api.error("SubscribeToShard", "{}"));
        assertTrue(api.error("ListStreams", "{").startsWith("SerializationException: "));
        assertTrue(api.error("ListStreams", "[]").startsWith("SerializationException: "));
        assertTrue(api.error("ListStreams", "").startsWith("SerializationException: "));
    }
}
