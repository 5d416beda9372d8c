package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;

/** SplitShard, MergeShards and UpdateShardCount. */
final class ReshardOperations {

    /** What UpdateShardCount scales by. */
    private enum ScalingType {
        UNIFORM_SCALING
    }

    private final Streams streams;
    private final Resharding resharding;
    private final long transitionMillis;

    ReshardOperations(Streams streams, Resharding resharding, long transitionMillis) {
        this.streams = streams;
        this.resharding = resharding;
        this.transitionMillis = transitionMillis;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "SplitShard", this::splitShard,
                "MergeShards", this::mergeShards,
                "UpdateShardCount", this::updateShardCount);
    }

    private void splitShard(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        String shardId = request.requiredText("ShardToSplit");
        String newStart = request.requiredText("NewStartingHashKey");
        Constraint.hashKey("NewStartingHashKey", newStart);
        KinesisStream stream = streams.require(request, call.nowMillis());
        synchronized (stream) {
            requireReshardable(stream, call.nowMillis());
            Shard shard = requireOpen(stream, shardId);
            BigInteger at = new BigInteger(newStart);
            BigInteger start = shard.range().start().toBigInteger();
            if (at.compareTo(start.add(BigInteger.ONE)) <= 0
                    || at.compareTo(shard.range().end().toBigInteger()) >= 0) {
                throw ApiException.invalidArgument(
                        "NewStartingHashKey " + at + " used in SplitShard() on shard " + shardId
                                + " in stream " + stream.name() + " under account " + streams.accountId()
                                + " is not both greater than one plus the shard's StartingHashKey " + start
                                + " and less than the shard's EndingHashKey "
                                + shard.range().end() + ".");
            }
            streams.checkShardLimit(1, call.nowMillis());
            resharding.split(stream, shard, HashKey.of(at), call.nowMillis());
            stream.enter(StreamStatus.UPDATING, call.nowMillis() + transitionMillis);
        }
    }

    private void mergeShards(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        String shardId = request.requiredText("ShardToMerge");
        String adjacentId = request.requiredText("AdjacentShardToMerge");
        KinesisStream stream = streams.require(request, call.nowMillis());
        synchronized (stream) {
            requireReshardable(stream, call.nowMillis());
            Shard shard = requireOpen(stream, shardId);
            Shard adjacent = requireOpen(stream, adjacentId);
            if (!shard.range().isJustBefore(adjacent.range())
                    && !adjacent.range().isJustBefore(shard.range())) {
                throw ApiException.invalidArgument("Shards " + shardId + " and " + adjacentId + " in stream "
                        + stream.name() + " under account " + streams.accountId()
                        + " are not an adjacent pair of shards eligible for merging.");
            }
            resharding.merge(stream, shard, adjacent, call.nowMillis());
            stream.enter(StreamStatus.UPDATING, call.nowMillis() + transitionMillis);
        }
    }

    private void updateShardCount(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        int target = request.requiredInteger("TargetShardCount", 1, Integer.MAX_VALUE);
        request.requiredEnum("ScalingType", ScalingType.class);
        KinesisStream stream = streams.require(request, call.nowMillis());
        int current;
        synchronized (stream) {
            requireReshardable(stream, call.nowMillis());
            current = stream.shards().open().size();
            checkTarget(stream, current, target);
            streams.checkShardLimit(target - current, call.nowMillis());
            resharding.scale(stream, target, call.nowMillis());
            stream.enter(StreamStatus.UPDATING, call.nowMillis() + transitionMillis);
        }
        out.writeStartObject();
        out.writeStringField("StreamName", stream.name());
        out.writeStringField("StreamARN", stream.arn());
        out.writeNumberField("CurrentShardCount", current);
        out.writeNumberField("TargetShardCount", target);
        out.writeEndObject();
    }

    private static void checkTarget(KinesisStream stream, int current, int target) {
        if (target > Limits.SHARDS_PER_STREAM) {
            throw ApiException.limitExceeded("UpdateShardCount cannot scale stream " + stream.name() + " to more than "
                    + Limits.SHARDS_PER_STREAM + " shards.");
        }
        if (target > 2L * current) {
            throw ApiException.limitExceeded(
                    "UpdateShardCount cannot scale up over double your current open shard count."
                            + " Current open shard count: " + current + " Target shard count: " + target);
        }
        if (2L * target < current) {
            throw ApiException.limitExceeded("UpdateShardCount cannot scale down below half your current open shard"
                    + " count. Current open shard count: " + current + " Target shard count: " + target);
        }
    }

    private void requireReshardable(KinesisStream stream, long nowMillis) {
        streams.requireActive(stream, nowMillis);
        if (stream.mode() == StreamMode.ON_DEMAND) {
            throw ApiException.validation("Request is invalid. Stream " + stream.name() + " under account "
                    + streams.accountId() + " is in On-Demand mode.");
        }
    }

    private Shard requireOpen(KinesisStream stream, String shardId) {
        Shard shard = stream.shards().find(shardId).orElseThrow(() -> streams.shardNotFound(stream, shardId));
        if (shard.closing() != null) {
            throw ApiException.invalidArgument("Shard " + shardId + " in stream " + stream.name() + " under account "
                    + streams.accountId()
                    + " has already been merged or split, and thus is not eligible for merging or splitting.");
        }
        return shard;
    }
}
