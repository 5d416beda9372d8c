package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumersTest {

    private static final Duration TRANSITION = Duration.ofSeconds(2);

    private final Api api = Api.withDefaults();
    private final Api slow = new Api(KinesisSettings.defaults().withTransition(TRANSITION));

    @Test
    void aConsumerIsRegisteredDescribedAndDeregistered() {
        api.createStream("s", 1);
        String arn = api.registerConsumer("s", "app");
        assertTrue(arn.matches("arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/app:\\d+"), arn);
        JsonNode byArn = describe(api, "{'ConsumerARN':'" + arn + "'}");
        assertEquals(byArn, describe(api, "{'StreamARN':'" + Api.arn("s") + "','ConsumerName':'app'}"));
        assertEquals("app", byArn.path("ConsumerName").asText());
        assertEquals("ACTIVE", byArn.path("ConsumerStatus").asText());
        assertEquals(Api.arn("s"), byArn.path("StreamARN").asText());
        assertEquals(
                Api.START.toEpochMilli() / 1000.0,
                byArn.path("ConsumerCreationTimestamp").asDouble());
        assertEquals(1, consumerCount());

        api.raw("DeregisterStreamConsumer", "{'ConsumerARN':'" + arn + "'}");

        assertEquals(0, consumerCount());
        assertTrue(api.error("DescribeStreamConsumer", "{'ConsumerARN':'" + arn + "'}")
                .startsWith("ResourceNotFoundException: "));
    }

    private static JsonNode describe(Api api, String members) {
        return api.call("DescribeStreamConsumer", members).path("ConsumerDescription");
    }

    private int consumerCount() {
        return api.call("DescribeStreamSummary", "{'StreamName':'s'}")
                .path("StreamDescriptionSummary")
                .path("ConsumerCount")
                .intValue();
    }

    @Test
    void aNameIsTakenOnceAndTwentyAreTheMost() {
        api.createStream("s", 1);
        api.createStream("other", 1);
        IntStream.range(0, 20).forEach(i -> api.registerConsumer("s", "app-" + i));
        assertTrue(register(api, "app-3").startsWith("ResourceInUseException: "), "taken");
        assertTrue(register(api, "app-20").startsWith("LimitExceededException: "), "the twenty-first");
        api.registerConsumer("other", "app-3");
    }

    private static String register(Api api, String name) {
        return api.error(
                "RegisterStreamConsumer", "{'StreamARN':'" + Api.arn("s") + "','ConsumerName':'" + name + "'}");
    }

    @Test
    void atMostFiveAreCreatingAtATimeAndNoneCanBeSubscribedMeanwhile() {
        slow.createStream("s", 1);
        slow.advance(TRANSITION);
        IntStream.range(0, 5).forEach(i -> slow.registerConsumer("s", "app-" + i));
        assertTrue(register(slow, "app-5").startsWith("LimitExceededException: "));
        String arn = describe(slow, "{'StreamARN':'" + Api.arn("s") + "','ConsumerName':'app-0'}")
                .path("ConsumerARN")
                .asText();
        KinesisAnswer answer = slow.subscribe(arn, Shard.idOf(0), "{'Type':'LATEST'}");
        assertTrue(
                answer instanceof KinesisResponse refusal && refusal.errorType().equals("ResourceInUseException"),
                answer.toString());
        slow.advance(TRANSITION);
        slow.registerConsumer("s", "app-5");
        slow.raw("DeregisterStreamConsumer", "{'ConsumerARN':'" + arn + "'}");
        assertEquals(
                "DELETING",
                describe(slow, "{'ConsumerARN':'" + arn + "'}")
                        .path("ConsumerStatus")
                        .asText());
    }

    @Test
    void consumersAreListedPageByPage() {
        api.createStream("s", 1);
        for (String name : List.of("b", "c", "a")) {
            api.registerConsumer("s", name);
        }
        JsonNode first = api.call("ListStreamConsumers", "{'StreamARN':'" + Api.arn("s") + "','MaxResults':2}");
        assertEquals(List.of("a", "b"), first.path("Consumers").findValuesAsText("ConsumerName"));
        String more = "{'StreamARN':'" + Api.arn("s") + "','NextToken':'"
                + first.path("NextToken").asText() + "'}";
        JsonNode second = api.call("ListStreamConsumers", more);
        assertEquals(List.of("c"), second.path("Consumers").findValuesAsText("ConsumerName"));
        assertFalse(second.has("NextToken"));
        api.advance(Duration.ofMinutes(6));
        assertTrue(api.error("ListStreamConsumers", more).startsWith("ExpiredNextTokenException: "));
    }

    @Test
    void aStreamWithConsumersIsDeletedOnlyByForce() {
        api.createStream("s", 1);
        api.registerConsumer("s", "app");
        assertTrue(api.error("DeleteStream", "{'StreamName':'s'}").startsWith("ResourceInUseException: "));
        api.raw("DeleteStream", "{'StreamName':'s','EnforceConsumerDeletion':true}");
        assertTrue(api.error("DescribeStreamSummary", "{'StreamName':'s'}").startsWith("ResourceNotFoundException: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'ConsumerName':'app'}",
                "{'ConsumerARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s'}",
                "{'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s','ConsumerName':'a b'}"
            })
    void whatNamesNoConsumerIsRefused(String members) {
        api.createStream("s", 1);
        assertTrue(api.error("DescribeStreamConsumer", members).matches("(InvalidArgument|Validation)Exception: .*"));
    }
}
