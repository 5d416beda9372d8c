package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** GetShardIterator and GetRecords. */
final class ReadOperations {

    private final Streams streams;

    ReadOperations(Streams streams) {
        this.streams = streams;
    }

    Map<String, Operation> operations() {
        return Map.of("GetShardIterator", this::getShardIterator, "GetRecords", this::getRecords);
    }

    private void getShardIterator(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        String shardId = request.requiredText("ShardId");
        StartingPosition.OF_ITERATOR.check(request);
        KinesisStream stream = streams.requireReady(request.streamName(), request.text("StreamARN"), call.nowMillis());
        Shard shard = stream.shards().find(shardId).orElseThrow(() -> streams.shardNotFound(stream, shardId));
        if (!shard.throughput().admitIterator(call.nowMillis())) {
            throw throttled(stream, shard);
        }
        shard.trimBefore(stream.trimHorizon(call.nowMillis()));
        long position = StartingPosition.OF_ITERATOR.index(request, streams, stream, shard, call.nowMillis());
        out.writeStartObject();
        out.writeStringField(
                "ShardIterator",
                ShardIterator.of(stream, shard, position, call.nowMillis()).encode());
        out.writeEndObject();
    }

    private void getRecords(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        int limit = request.integer("Limit", 1, Integer.MAX_VALUE).orElse(Limits.GET_RECORDS);
        if (limit > Limits.GET_RECORDS) {
            throw ApiException.invalidArgument("Limit is at most " + Limits.GET_RECORDS + ", not " + limit + ".");
        }
        long now = call.nowMillis();
        ShardIterator iterator = ShardIterator.decode(request.requiredText("ShardIterator"), now);
        KinesisStream stream = streams.find(iterator.streamName(), now)
                .filter(found -> found.createdMillis() == iterator.streamCreatedMillis())
                .orElseThrow(() -> streams.notFound(iterator.streamName()));
        Shard shard = stream.shards()
                .find(iterator.shardIndex())
                .orElseThrow(() -> streams.shardNotFound(stream, Shard.idOf(iterator.shardIndex())));
        if (!shard.throughput().admitRead(now)) {
            throw throttled(stream, shard);
        }
        Shard.Read read = shard.read(iterator.position(), limit, Limits.GET_BYTES, stream.trimHorizon(now));
        shard.throughput().read(read.slice().bytes(), read.wasCutByBytes(limit), now);
        writeRead(out, read, shard, iterator, now);
    }

    private static void writeRead(JsonGenerator out, Shard.Read read, Shard shard, ShardIterator iterator, long now)
            throws IOException {
        out.writeStartObject();
        RecordWriter.writeRecords(out, read.slice(), shard);
        if (read.reachedEndOfShard()) {
            RecordWriter.writeChildShards(out, read.closing());
        } else {
            long next = Math.max(iterator.position(), read.slice().next());
            out.writeStringField("NextShardIterator", iterator.at(next, now).encode());
        }
        out.writeNumberField("MillisBehindLatest", read.slice().millisBehind(now));
        out.writeEndObject();
    }

    private ApiException throttled(KinesisStream stream, Shard shard) {
        return ApiException.throughputExceeded("Rate exceeded for shard " + shard.id() + " in stream " + stream.name()
                + " under account " + streams.accountId() + ".");
    }
}
