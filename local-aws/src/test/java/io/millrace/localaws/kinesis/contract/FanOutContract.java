package io.millrace.localaws.kinesis.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/** Enhanced fan-out, as the SDK's asynchronous client asks for it. */
abstract class FanOutContract extends ContractStream {

    private static final StartingPosition OLDEST =
            StartingPosition.builder().type(ShardIteratorType.TRIM_HORIZON).build();

    abstract KinesisAsyncClient async();

    @Test
    void aConsumerIsRegisteredListedAndDeregistered() {
        create(1);
        String arn = register("app");
        assertEquals(
                List.of("app"),
                kinesis().listStreamConsumers(request -> request.streamARN(streamArn())).consumers().stream()
                        .map(consumer -> consumer.consumerName())
                        .toList());
        assertThrows(ResourceInUseException.class, () -> register("app"));
        kinesis().deregisterStreamConsumer(request -> request.consumerARN(arn));
        await().atMost(PATIENCE)
                .until(() -> kinesis()
                        .listStreamConsumers(request -> request.streamARN(streamArn()))
                        .consumers()
                        .isEmpty());
    }

    @Test
    void recordsArriveAsTheyWerePutBeforeAndAfterTheSubscription() {
        create(1);
        String first = put("schlüssel", "before").sequenceNumber();
        Subscriber subscriber = subscribe(register("app"), firstShard(), OLDEST);
        await().atMost(PATIENCE).until(() -> subscriber.data().size() == 1);
        put("k", "after");
        await().atMost(PATIENCE).until(() -> subscriber.data().size() == 2);
        assertEquals(List.of("before", "after"), subscriber.data());
        SubscribeToShardEvent event = subscriber.events().stream()
                .filter(e -> e.hasRecords() && !e.records().isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals("schlüssel", event.records().get(0).partitionKey());
        assertEquals(first, event.records().get(0).sequenceNumber());
        assertEquals(first, event.continuationSequenceNumber());
        assertTrue(event.millisBehindLatest() >= 0);
    }

    @Test
    void manyRecordsArriveInTheirOrder() {
        create(1);
        String large = "x".repeat(50_000);
        IntStream.range(0, 100).forEach(i -> put("k", i + large));
        Subscriber subscriber = subscribe(register("app"), firstShard(), OLDEST);
        await().atMost(PATIENCE).until(() -> subscriber.data().size() == 100);
        assertEquals(IntStream.range(0, 100).mapToObj(i -> i + large).toList(), subscriber.data());
    }

    @Test
    void aShardThatWasSplitEndsWithItsChildren() throws Exception {
        create(1);
        put("k", "one");
        Subscriber subscriber = subscribe(register("app"), firstShard(), OLDEST);
        await().atMost(PATIENCE).until(() -> subscriber.data().size() == 1);
        kinesis()
                .splitShard(request ->
                        request.streamName(stream).shardToSplit(firstShard()).newStartingHashKey("1000"));
        subscriber.end().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        List<SubscribeToShardEvent> events = subscriber.events();
        SubscribeToShardEvent last = events.get(events.size() - 1);
        assertNull(last.continuationSequenceNumber());
        assertEquals(
                List.of("shardId-000000000001", "shardId-000000000002"),
                last.childShards().stream().map(ChildShard::shardId).sorted().toList());
    }

    @Test
    void aShardIsSubscribedOnceWithinFiveSeconds() {
        create(1);
        String arn = register("app");
        Subscriber first = subscribe(arn, firstShard(), OLDEST);
        await().atMost(PATIENCE).until(() -> !first.events().isEmpty());
        Subscriber second = subscribe(arn, firstShard(), OLDEST);
        CompletionException refused =
                assertThrows(CompletionException.class, () -> second.end().join());
        assertInstanceOf(ResourceInUseException.class, refused.getCause());
    }

    @Test
    void aShardThatIsNotThereIsNotFound() {
        create(1);
        Subscriber subscriber = subscribe(register("app"), "shardId-000000000007", OLDEST);
        CompletionException refused =
                assertThrows(CompletionException.class, () -> subscriber.end().join());
        assertInstanceOf(ResourceNotFoundException.class, refused.getCause());
    }

    @Override
    void deleteStream() {
        try {
            kinesis().deleteStream(request -> request.streamName(stream).enforceConsumerDeletion(true));
        } catch (ResourceNotFoundException e) {
            // The test made none.
        }
    }

    private String streamArn() {
        return summary().streamARN();
    }

    /** Returns its ARN, once it is ACTIVE. */
    private String register(String name) {
        String arn = kinesis()
                .registerStreamConsumer(
                        request -> request.streamARN(streamArn()).consumerName(name))
                .consumer()
                .consumerARN();
        await().atMost(PATIENCE)
                .until(() -> kinesis()
                                .describeStreamConsumer(request -> request.consumerARN(arn))
                                .consumerDescription()
                                .consumerStatus()
                        == ConsumerStatus.ACTIVE);
        return arn;
    }

    private Subscriber subscribe(String consumerArn, String shardId, StartingPosition start) {
        return new Subscriber(async(), consumerArn, shardId, start);
    }
}
