package io.millrace.localaws.kinesis.contract;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** Collects what a subscription brings. Thread-safe. */
final class Subscriber {

    private final List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end;

    Subscriber(KinesisAsyncClient kinesis, String consumerArn, String shardId, StartingPosition start) {
        end = kinesis.subscribeToShard(
                request -> request.consumerARN(consumerArn).shardId(shardId).startingPosition(start),
                SubscribeToShardResponseHandler.builder()
                        .subscriber(event -> events.add((SubscribeToShardEvent) event))
                        .build());
    }

    /** Completes with the subscription. */
    CompletableFuture<Void> end() {
        return end;
    }

    List<SubscribeToShardEvent> events() {
        return List.copyOf(events);
    }

    List<String> data() {
        return events.stream()
                .flatMap(event -> event.records().stream())
                .map(record -> record.data().asUtf8String())
                .toList();
    }
}
