package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.eventstream.Message;

class SubscriptionTest {

    private static final String SHARD = Shard.idOf(0);
    private static final String OLDEST = "{'Type':'TRIM_HORIZON'}";

    private final Api api = Api.withDefaults();
    private String consumer;

    @BeforeEach
    void registerConsumer() {
        api.createStream("s", 1);
        consumer = api.registerConsumer("s", "app");
        api.advance(Duration.ofSeconds(1));
    }

    @Test
    void beginsWithItsResponseAndThenShowsRecordsAsTheyCome() {
        String one = api.put("s", "k", "one");
        api.put("s", "k", "two");
        api.advance(Duration.ofSeconds(2));
        Subscription subscription = begin(api, OLDEST);
        Message response = message(subscription);
        assertEquals("event", header(response, ":message-type"));
        assertEquals("initial-response", header(response, ":event-type"));
        assertEquals("application/x-amz-json-1.1", header(response, ":content-type"));

        JsonNode both = event(subscription);
        assertEquals(List.of("one", "two"), Api.data(both));
        assertEquals(one, both.path("Records").get(0).path("SequenceNumber").asText());
        assertEquals(0, both.path("MillisBehindLatest").asLong());
        assertInstanceOf(Subscription.Wait.class, subscription.next());

        String three = api.put("s", "k", "three");
        JsonNode next = event(subscription);
        assertEquals(List.of("three"), Api.data(next));
        assertEquals(three, next.path("ContinuationSequenceNumber").asText());
    }

    @ParameterizedTest
    @CsvSource({"AT_SEQUENCE_NUMBER, two three", "AFTER_SEQUENCE_NUMBER, three"})
    void beginsAtASequenceNumber(String type, String expected) {
        api.put("s", "k", "one");
        String two = api.put("s", "k", "two");
        api.put("s", "k", "three");
        Subscription subscription = begin(api, "{'Type':'" + type + "','SequenceNumber':'" + two + "'}");
        message(subscription);
        assertEquals(List.of(expected.split(" ")), Api.data(event(subscription)));
    }

    @Test
    void goesOnWithNothingLostOrDoubledWhereTheLastOneStopped() {
        Subscription idle = begin(api, "{'Type':'LATEST'}");
        message(idle);
        String continuation = event(idle).path("ContinuationSequenceNumber").asText();
        api.put("s", "k", "one");
        for (String data : List.of("one", "two")) {
            api.advance(Duration.ofMinutes(5));
            assertInstanceOf(Subscription.End.class, idle.next());
            idle = begin(api, "{'Type':'AFTER_SEQUENCE_NUMBER','SequenceNumber':'" + continuation + "'}");
            message(idle);
            JsonNode event = event(idle);
            assertEquals(List.of(data), Api.data(event));
            continuation = event.path("ContinuationSequenceNumber").asText();
            api.put("s", "k", "two");
        }
    }

    @Test
    void anIdleOneShowsThatItLives() {
        Subscription subscription = begin(api, OLDEST);
        message(subscription);
        assertEquals(List.of(), Api.data(event(subscription)));
        assertEquals(new Subscription.Wait(Subscription.HEARTBEAT), subscription.next());
        api.advance(Subscription.HEARTBEAT);
        JsonNode heartbeat = event(subscription);
        assertEquals(List.of(), Api.data(heartbeat));
        assertTrue(heartbeat.path("ContinuationSequenceNumber").asText().matches("49\\d{54}"));
    }

    @Test
    void wakesWhoeverWaitsForARecordOnceAndNotAfterItIsClosed() {
        AtomicInteger woken = new AtomicInteger();
        Subscription subscription = begin(api, "{'Type':'LATEST'}");
        subscription.awaitNext(woken::incrementAndGet);
        assertEquals(0, woken.get());
        api.put("s", "k", "one");
        api.put("s", "k", "two");
        assertEquals(1, woken.get());
        message(subscription);
        event(subscription);
        subscription.awaitNext(woken::incrementAndGet);
        subscription.close();
        api.put("s", "k", "three");
        assertEquals(1, woken.get());
    }

    @Test
    void endsWithTheChildrenOfItsShard() {
        api.put("s", "k", "one");
        Subscription subscription = begin(api, OLDEST);
        message(subscription);
        api.raw(
                "SplitShard",
                "{'StreamName':'s','ShardToSplit':'" + SHARD
                        + "','NewStartingHashKey':'170141183460469231731687303715884105728'}");
        JsonNode last = event(subscription);
        assertEquals(List.of("one"), Api.data(last));
        assertEquals(
                List.of(Shard.idOf(1), Shard.idOf(2)), last.path("ChildShards").findValuesAsText("ShardId"));
        assertEquals(
                SHARD,
                last.path("ChildShards").get(0).path("ParentShards").get(0).asText());
        assertFalse(last.has("ContinuationSequenceNumber"));
        assertInstanceOf(Subscription.End.class, subscription.next());
    }

    @Test
    void aSecondOneWithinFiveSecondsIsRefusedAndALaterOneTakesOver() {
        Subscription first = begin(api, OLDEST);
        message(first);
        AtomicInteger woken = new AtomicInteger();
        event(first);
        first.awaitNext(woken::incrementAndGet);

        assertEquals("ResourceInUseException", refusal(OLDEST));
        api.advance(Duration.ofMillis(500));
        assertEquals("LimitExceededException", refusal(OLDEST), "twice within a second");
        api.advance(Duration.ofMillis(4_500));
        assertEquals(0, woken.get());

        Subscription second = begin(api, OLDEST);
        assertEquals(1, woken.get());
        Message last = message(first);
        assertEquals("exception", header(last, ":message-type"));
        assertEquals("ResourceInUseException", header(last, ":exception-type"));
        assertInstanceOf(Subscription.End.class, first.next());
        message(second);
        event(second);
    }

    @Test
    void anotherConsumerAndAnotherShardAreTheirOwn() {
        begin(api, OLDEST);
        String other = api.registerConsumer("s", "other");
        assertInstanceOf(Subscription.class, api.subscribe(other, SHARD, OLDEST));
    }

    @Test
    void endsWhenItsConsumerOrItsStreamGoes() {
        Subscription subscription = begin(api, OLDEST);
        message(subscription);
        api.raw("DeregisterStreamConsumer", "{'ConsumerARN':'" + consumer + "'}");
        assertEquals("ResourceNotFoundException", header(message(subscription), ":exception-type"));

        consumer = api.registerConsumer("s", "app");
        Subscription again = begin(api, OLDEST);
        message(again);
        api.raw("DeleteStream", "{'StreamName':'s','EnforceConsumerDeletion':true}");
        assertEquals("ResourceNotFoundException", header(message(again), ":exception-type"));
    }

    @Test
    void aShardGivesTwoMebibytesASecondWhereLimitsAreEnforced() {
        Api strict = new Api(KinesisSettings.defaults());
        Api limited = new Api(KinesisSettings.defaults().withShardLimits(ShardLimits.ALL));
        assertEquals(6, eventsWithoutWaiting(strict));
        assertEquals(2, eventsWithoutWaiting(limited));
    }

    /** Of six records of a little under a mebibyte, one an event. */
    private static int eventsWithoutWaiting(Api api) {
        api.createStream("s", 1);
        for (int i = 0; i < 6; i++) {
            api.advance(Duration.ofSeconds(1));
            api.put("s", "k", "x".repeat((1 << 20) - 1));
        }
        String consumer = api.registerConsumer("s", "app");
        Subscription subscription = assertInstanceOf(Subscription.class, api.subscribe(consumer, SHARD, OLDEST));
        message(subscription);
        int events = 0;
        while (subscription.next() instanceof Subscription.Message) {
            events++;
        }
        return events;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shardId-000000000007 | {'Type':'LATEST'} | ResourceNotFoundException",
                "shardId-000000000000 | {'Type':'SOMEWHERE'} | ValidationException",
                "shardId-000000000000 | {'Type':'AT_TIMESTAMP'} | InvalidArgumentException",
                "shardId-000000000000 | {'Type':'AT_SEQUENCE_NUMBER'} | InvalidArgumentException",
                "shardId-000000000000 | {'Type':'AT_SEQUENCE_NUMBER','SequenceNumber':'5'} | InvalidArgumentException",
                "shardId-000000000000 | null | ValidationException"
            })
    void whatBreaksTheRulesIsRefused(String shardId, String position, String error) {
        assertEquals(error, refusal(shardId, position));
    }

    private Subscription begin(Api on, String position) {
        return assertInstanceOf(Subscription.class, on.subscribe(consumer, SHARD, position));
    }

    private String refusal(String position) {
        return refusal(SHARD, position);
    }

    private String refusal(String shardId, String position) {
        return assertInstanceOf(KinesisResponse.class, api.subscribe(consumer, shardId, position))
                .errorType();
    }

    private static JsonNode event(Subscription subscription) {
        Message message = message(subscription);
        assertEquals("SubscribeToShardEvent", header(message, ":event-type"));
        return Api.parse(message.getPayload());
    }

    private static Message message(Subscription subscription) {
        Subscription.Message next = assertInstanceOf(Subscription.Message.class, subscription.next());
        return Message.decode(ByteBuffer.wrap(next.bytes()));
    }

    private static String header(Message message, String name) {
        return message.getHeaders().get(name).getString();
    }
}
