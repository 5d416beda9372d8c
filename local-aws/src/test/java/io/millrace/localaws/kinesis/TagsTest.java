package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTest {

    private static final String ARN = "'ResourceARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s'";

    private final Api api = Api.withDefaults();

    @BeforeEach
    void createStream() {
        api.call("CreateStream", "{'StreamName':'s','ShardCount':1,'Tags':{'owner':'me'}}");
    }

    private static List<String> tags(JsonNode listed) {
        List<String> tags = new ArrayList<>();
        listed.path("Tags")
                .forEach(tag -> tags.add(
                        tag.path("Key").textValue() + "=" + tag.path("Value").textValue()));
        return tags;
    }

    @Test
    void areAddedReplacedAndRemoved() {
        api.call("AddTagsToStream", "{'StreamName':'s','Tags':{'a':'1','b':'2'}}");
        api.call("TagResource", "{" + ARN + ",'Tags':{'b':'3','c':''}}");
        assertEquals(
                List.of("a=1", "b=3", "c=", "owner=me"), tags(api.call("ListTagsForStream", "{'StreamName':'s'}")));
        api.call("RemoveTagsFromStream", "{'StreamName':'s','TagKeys':['a','none']}");
        api.call("UntagResource", "{" + ARN + ",'TagKeys':['owner']}");
        assertEquals(List.of("b=3", "c="), tags(api.call("ListTagsForResource", "{" + ARN + "}")));
    }

    @Test
    void areListedPageByPage() {
        api.call("AddTagsToStream", "{'StreamName':'s','Tags':{'a':'1','b':'2'}}");
        JsonNode first = api.call("ListTagsForStream", "{'StreamName':'s','Limit':2}");
        assertEquals(List.of("a=1", "b=2"), tags(first));
        assertTrue(first.path("HasMoreTags").booleanValue());
        JsonNode second = api.call("ListTagsForStream", "{'StreamName':'s','Limit':2,'ExclusiveStartTagKey':'b'}");
        assertEquals(List.of("owner=me"), tags(second));
    }

    @Test
    void areFiftyAtMost() {
        String tags = IntStream.range(0, 50).mapToObj(i -> "'t" + i + "':''").collect(Collectors.joining(","));
        String error = api.error("AddTagsToStream", "{'StreamName':'s','Tags':{" + tags + "}}");
        assertTrue(error.startsWith("InvalidArgumentException: "), error);
        api.call("RemoveTagsFromStream", "{'StreamName':'s','TagKeys':['owner']}");
        api.call("AddTagsToStream", "{'StreamName':'s','Tags':{" + tags + "}}");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, false", "1, 0, true", "128, 256, true", "129, 1, false", "1, 257, false"})
    void haveLimitedLength(int key, int value, boolean allowed) {
        String request = "{'StreamName':'s','Tags':{'" + "k".repeat(key) + "':'" + "v".repeat(value) + "'}}";
        assertEquals(allowed ? 200 : 400, api.raw("AddTagsToStream", request).status());
    }
}
