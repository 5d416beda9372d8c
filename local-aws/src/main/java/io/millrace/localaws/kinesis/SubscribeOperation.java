package io.millrace.localaws.kinesis;

import java.io.IOException;
import java.time.InstantSource;

/** SubscribeToShard. */
final class SubscribeOperation {

    private final Streams streams;
    private final InstantSource clock;
    private final boolean enforceLimits;

    SubscribeOperation(Streams streams, InstantSource clock, boolean enforceLimits) {
        this.streams = streams;
        this.clock = clock;
        this.enforceLimits = enforceLimits;
    }

    Subscription begin(Operation.Call call) throws IOException {
        Request request = call.request();
        long now = call.nowMillis();
        String consumerArn = request.requiredText("ConsumerARN");
        String shardId = request.requiredText("ShardId");
        Constraint.shardId("ShardId", shardId);
        Request start = request.object("StartingPosition").orElseThrow(() -> Constraint.missing("StartingPosition"));
        StartingPosition.OF_SUBSCRIPTION.check(start);
        ConsumerOperations.Found found = ConsumerOperations.byArn(streams, consumerArn, now);
        KinesisStream stream = found.stream();
        if (!stream.status(now).takesRecords()) {
            throw streams.notFound(stream.name());
        }
        Shard shard = stream.shards().find(shardId).orElseThrow(() -> streams.shardNotFound(stream, shardId));
        shard.trimBefore(stream.trimHorizon(now));
        long position = StartingPosition.OF_SUBSCRIPTION.index(start, streams, stream, shard, now);
        EventMessages messages = new EventMessages(call.format());
        return found.consumer()
                .subscribe(shard, now, () -> new Subscription(stream, shard, position, messages, clock, enforceLimits));
    }
}
