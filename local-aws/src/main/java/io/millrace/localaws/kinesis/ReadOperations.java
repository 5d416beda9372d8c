package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** GetShardIterator and GetRecords. */
final class ReadOperations {

    private enum IteratorType {
        AT_SEQUENCE_NUMBER,
        AFTER_SEQUENCE_NUMBER,
        TRIM_HORIZON,
        LATEST,
        AT_TIMESTAMP
    }

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
        IteratorType type = request.requiredEnum("ShardIteratorType", IteratorType.class);
        KinesisStream stream = streams.requireReady(request.streamName(), request.text("StreamARN"), call.nowMillis());
        Shard shard = stream.shards().find(shardId).orElseThrow(() -> streams.shardNotFound(stream, shardId));
        if (!shard.throughput().admitIterator(call.nowMillis())) {
            throw throttled(stream, shard);
        }
        shard.trimBefore(stream.trimHorizon(call.nowMillis()));
        long position = position(request, type, stream, shard, call.nowMillis());
        out.writeStartObject();
        out.writeStringField(
                "ShardIterator",
                ShardIterator.of(stream, shard, position, call.nowMillis()).encode());
        out.writeEndObject();
    }

    private long position(Request request, IteratorType type, KinesisStream stream, Shard shard, long nowMillis) {
        boolean bySequence = type == IteratorType.AT_SEQUENCE_NUMBER || type == IteratorType.AFTER_SEQUENCE_NUMBER;
        if (bySequence != request.has("StartingSequenceNumber")) {
            throw ApiException.invalidArgument("Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
                    + " StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request"
                    + " specified " + type + (bySequence ? " and no" : " and also a") + " StartingSequenceNumber.");
        }
        if (type == IteratorType.AT_TIMESTAMP != request.has("Timestamp")) {
            throw ApiException.invalidArgument(
                    "Timestamp goes with AT_TIMESTAMP and with no other type. Request specified " + type
                            + (request.has("Timestamp") ? " and also a" : " and no") + " Timestamp.");
        }
        return switch (type) {
            case TRIM_HORIZON -> 0;
            case LATEST -> shard.endIndex();
            case AT_TIMESTAMP -> shard.indexAtOrAfter(pastTimestamp(request, nowMillis));
            case AT_SEQUENCE_NUMBER ->
                Math.max(0, sequenceNumber(request, stream, shard).recordIndex() - 1);
            case AFTER_SEQUENCE_NUMBER -> sequenceNumber(request, stream, shard).recordIndex();
        };
    }

    private static long pastTimestamp(Request request, long nowMillis) {
        long millis = request.timestamp("Timestamp").orElseThrow();
        if (millis > nowMillis) {
            throw ApiException.invalidArgument("The timestampInMillis parameter cannot be greater than the"
                    + " currentTimestampInMillis. timestampInMillis: " + millis + ", currentTimestampInMillis: "
                    + nowMillis);
        }
        return millis;
    }

    private SequenceNumber sequenceNumber(Request request, KinesisStream stream, Shard shard) {
        String digits = request.requiredText("StartingSequenceNumber");
        return SequenceNumber.parse(digits)
                .filter(number -> number.isOfShard(shard.start()))
                .orElseThrow(() -> ApiException.invalidArgument("StartingSequenceNumber " + digits
                        + " used in GetShardIterator on shard " + shard.id() + " in stream " + stream.name()
                        + " under account " + streams.accountId()
                        + " is invalid because it did not come from this shard."));
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
        out.writeArrayFieldStart("Records");
        for (Segment.View view : read.slice().views()) {
            writeRecords(out, view, shard);
        }
        out.writeEndArray();
        if (read.reachedEndOfShard()) {
            writeChildShards(out, read.closing());
        } else {
            long next = Math.max(iterator.position(), read.slice().next());
            out.writeStringField("NextShardIterator", iterator.at(next, now).encode());
        }
        out.writeNumberField(
                "MillisBehindLatest", Math.max(0, now - read.slice().nextArrival()));
        out.writeEndObject();
    }

    private static void writeRecords(JsonGenerator out, Segment.View view, Shard shard) throws IOException {
        SequenceDigits digits = shard.digitsBefore(view);
        byte[] ascii = new byte[SequenceDigits.LENGTH];
        for (int i = 0; i < view.size(); i++) {
            long arrival = view.arrival(i);
            digits.next(shard.secondOf(arrival));
            digits.writeTo(ascii, 0);
            out.writeStartObject();
            out.writeFieldName("SequenceNumber");
            out.writeRawUTF8String(ascii, 0, ascii.length);
            Wire.writeTimestamp(out, "ApproximateArrivalTimestamp", arrival);
            out.writeFieldName("Data");
            out.writeBinary(view.bytes(), view.dataStart(i), view.dataLength(i));
            out.writeFieldName("PartitionKey");
            out.writeUTF8String(view.bytes(), view.keyStart(i), view.keyLength(i));
            out.writeEndObject();
        }
    }

    private static void writeChildShards(JsonGenerator out, Shard.Closing closing) throws IOException {
        out.writeArrayFieldStart("ChildShards");
        for (Shard child : closing.children()) {
            out.writeStartObject();
            out.writeStringField("ShardId", child.id());
            out.writeArrayFieldStart("ParentShards");
            for (String parentId : child.parentIds()) {
                out.writeString(parentId);
            }
            out.writeEndArray();
            ShardWriter.writeHashKeyRange(out, child.range());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private ApiException throttled(KinesisStream stream, Shard shard) {
        return ApiException.throughputExceeded("Rate exceeded for shard " + shard.id() + " in stream " + stream.name()
                + " under account " + streams.accountId() + ".");
    }
}
