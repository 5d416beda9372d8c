package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.localaws.kinesis.EntryFault.Failure;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;

/** PutRecord and PutRecords. */
final class PutOperations {

    private final Streams streams;
    private final HeldBytes held;
    private final EntryFault entryFault;

    PutOperations(Streams streams, HeldBytes held, EntryFault entryFault) {
        this.streams = streams;
        this.held = held;
        this.entryFault = entryFault;
    }

    Map<String, Operation> operations() {
        return Map.of("PutRecord", this::putRecord, "PutRecords", this::putRecords);
    }

    private void putRecord(Operation.Call call, JsonGenerator out) throws IOException {
        PutRequest request = PutRequest.record(call.format(), call.body());
        KinesisStream stream = check(request, call.nowMillis());
        PutBatch batch = request.batch();
        Placed placed = place(stream, batch, 0, call.nowMillis());
        makeRoom();
        if (placed.failure() != null) {
            throw ApiException.throughputExceeded(throttled(stream, placed.shard()));
        }
        out.writeStartObject();
        out.writeStringField("ShardId", placed.shard().id());
        writeSequenceNumber(out, batch, 0);
        out.writeEndObject();
    }

    private void putRecords(Operation.Call call, JsonGenerator out) throws IOException {
        PutRequest request = PutRequest.records(call.format(), call.body());
        if (!request.hasRecords()) {
            throw Constraint.missing("Records");
        }
        PutBatch batch = request.batch();
        Constraint.size("Records", batch.count(), 1, Limits.PUT_ENTRIES);
        KinesisStream stream = check(request, call.nowMillis());
        int failed = 0;
        out.writeStartObject();
        out.writeArrayFieldStart("Records");
        for (int i = 0; i < batch.count(); i++) {
            Placed placed = place(stream, batch, i, call.nowMillis());
            out.writeStartObject();
            if (placed.failure() == null) {
                writeSequenceNumber(out, batch, i);
                out.writeStringField("ShardId", placed.shard().id());
            } else {
                failed++;
                writeFailure(out, stream, placed);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("FailedRecordCount", failed);
        out.writeEndObject();
        makeRoom();
    }

    /** @param failure null where the record is stored */
    private record Placed(Shard shard, Failure failure) {}

    private Placed place(KinesisStream stream, PutBatch batch, int i, long nowMillis) {
        HashKey key = batch.hashKey(i);
        while (true) {
            Shard shard = stream.shards().shardFor(key);
            Failure fault = batch.isSingle()
                    ? null
                    : entryFault.decide(stream.name(), shard.id()).orElse(null);
            if (fault != null) {
                return new Placed(shard, fault);
            }
            switch (shard.append(batch, i, nowMillis)) {
                case STORED -> {
                    return new Placed(shard, null);
                }
                case THROTTLED -> {
                    return new Placed(shard, Failure.PROVISIONED_THROUGHPUT_EXCEEDED);
                }
                case DELETED -> throw streams.notFound(stream.name());
                case CLOSED -> {
                    // The shard map that replaces it is already set.
                }
            }
        }
    }

    /** Refuses the whole request for what is wrong with any entry; returns the stream. */
    private KinesisStream check(PutRequest request, long nowMillis) {
        PutBatch batch = request.batch();
        for (int i = 0; i < batch.count(); i++) {
            if (!batch.hasData(i)) {
                throw Constraint.missing(memberOf(batch, i, "Data"));
            }
            if (!batch.hasKey(i)) {
                throw Constraint.missing(memberOf(batch, i, "PartitionKey"));
            }
            String hashKey = batch.explicitHashKey(i);
            if (hashKey != null) {
                Constraint.hashKey(memberOf(batch, i, "ExplicitHashKey"), hashKey);
            }
        }
        request.streamName().ifPresent(Constraint::streamName);
        KinesisStream stream = streams.requireReady(request.streamName(), request.streamArn(), nowMillis);
        int maxRecordBytes = stream.maxRecordKib() << 10;
        long total = 0;
        for (int i = 0; i < batch.count(); i++) {
            String hashKey = batch.explicitHashKey(i);
            if (hashKey != null && !HashKey.isInSpace(new BigInteger(hashKey))) {
                throw ApiException.invalidArgument("Invalid ExplicitHashKey. ExplicitHashKey must be in the range:"
                        + " [0, 2^128-1]. Specified value was " + hashKey);
            }
            if (batch.length(i) > maxRecordBytes) {
                throw Constraint.failed(
                        memberOf(batch, i, "Data"),
                        "data and partition key of " + batch.length(i) + " bytes",
                        "Member must have length less than or equal to " + maxRecordBytes);
            }
            total += batch.length(i);
        }
        if (total > Limits.PUT_BYTES) {
            throw ApiException.invalidArgument("Records size exceeds 10 MiB limit: " + total + " bytes.");
        }
        return stream;
    }

    private void makeRoom() {
        if (held.isOverCap()) {
            streams.trimToCap();
        }
    }

    private static String memberOf(PutBatch batch, int i, String member) {
        return batch.isSingle() ? member : "Records." + (i + 1) + ".member." + Constraint.label(member);
    }

    private static void writeSequenceNumber(JsonGenerator out, PutBatch batch, int i) throws IOException {
        out.writeFieldName("SequenceNumber");
        out.writeRawUTF8String(batch.sequenceNumbers(), i * SequenceDigits.LENGTH, SequenceDigits.LENGTH);
    }

    private void writeFailure(JsonGenerator out, KinesisStream stream, Placed placed) throws IOException {
        boolean internal = placed.failure() == Failure.INTERNAL_FAILURE;
        out.writeStringField("ErrorCode", internal ? "InternalFailure" : "ProvisionedThroughputExceededException");
        out.writeStringField(
                "ErrorMessage", internal ? "Internal service failure." : throttled(stream, placed.shard()));
    }

    private String throttled(KinesisStream stream, Shard shard) {
        return "Rate exceeded for shard " + shard.id() + " in stream " + stream.name() + " under account "
                + streams.accountId() + ".";
    }
}
