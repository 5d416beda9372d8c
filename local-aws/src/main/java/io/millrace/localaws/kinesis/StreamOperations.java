package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Making, deleting, describing and listing streams. */
final class StreamOperations {

    private final Streams streams;
    private final ShardFactory shards;
    private final long transitionMillis;

    StreamOperations(Streams streams, ShardFactory shards, long transitionMillis) {
        this.streams = streams;
        this.shards = shards;
        this.transitionMillis = transitionMillis;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateStream", this::createStream,
                "DeleteStream", this::deleteStream,
                "DescribeStream", this::describeStream,
                "DescribeStreamSummary", this::describeStreamSummary,
                "ListStreams", this::listStreams,
                "DescribeLimits", this::describeLimits);
    }

    private void createStream(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        String name = request.streamName().orElseThrow(() -> Constraint.missing("StreamName"));
        StreamMode mode = modeOf(request);
        int maxRecordKib = request.integer("MaxRecordSizeInKiB", Limits.MIN_MAX_RECORD_KIB, Limits.MAX_MAX_RECORD_KIB)
                .orElse(Limits.MIN_MAX_RECORD_KIB);
        int shardCount = shardCountOf(request, mode);
        Map<String, String> tags = TagOperations.tagsOf(request);
        // Two calls for one name must not both succeed.
        synchronized (streams) {
            checkLimits(name, shardCount, mode, call.nowMillis());
            KinesisStream stream = new KinesisStream(
                    name,
                    streams.arnOf(name),
                    call.nowMillis(),
                    mode,
                    maxRecordKib,
                    streams.retention(),
                    ShardMap.of(shards.first(shardCount, call.nowMillis())));
            stream.tags().putAll(tags);
            stream.enter(StreamStatus.CREATING, call.nowMillis() + transitionMillis);
            streams.add(stream);
        }
    }

    static StreamMode modeOf(Request request) {
        return request.object("StreamModeDetails")
                .map(details -> details.requiredEnum("StreamMode", StreamMode.class))
                .orElse(StreamMode.PROVISIONED);
    }

    private static int shardCountOf(Request request, StreamMode mode) {
        if (mode == StreamMode.PROVISIONED) {
            return request.requiredInteger("ShardCount", 1, Integer.MAX_VALUE);
        }
        if (request.has("ShardCount")) {
            throw ApiException.validation("ShardCount is not for a stream in the mode ON_DEMAND.");
        }
        return Limits.ON_DEMAND_SHARDS;
    }

    private void checkLimits(String name, int shardCount, StreamMode mode, long nowMillis) {
        List<KinesisStream> all = streams.all(nowMillis);
        if (all.stream().anyMatch(stream -> stream.name().equals(name))) {
            throw ApiException.inUse("Stream " + name + " under account " + streams.accountId() + " already exists.");
        }
        if (all.stream()
                        .filter(stream -> stream.status(nowMillis) == StreamStatus.CREATING)
                        .count()
                >= Limits.STREAMS_CREATING) {
            throw ApiException.limitExceeded(
                    "Not more than " + Limits.STREAMS_CREATING + " streams can be CREATING at a time.");
        }
        if (mode == StreamMode.ON_DEMAND && onDemand(all) >= Limits.ON_DEMAND_STREAMS) {
            throw ApiException.limitExceeded(
                    "Not more than " + Limits.ON_DEMAND_STREAMS + " streams in the mode ON_DEMAND.");
        }
        streams.checkShardLimit(shardCount, nowMillis);
    }

    private static long onDemand(List<KinesisStream> all) {
        return all.stream()
                .filter(stream -> stream.mode() == StreamMode.ON_DEMAND)
                .count();
    }

    private void deleteStream(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        long now = call.nowMillis();
        KinesisStream stream = streams.require(request, now);
        synchronized (stream) {
            if (stream.status(now) == StreamStatus.DELETING) {
                return;
            }
            if (!request.flag("EnforceConsumerDeletion")
                    && !stream.consumers().all(now).isEmpty()) {
                throw ApiException.inUse("Stream " + stream.name() + " under account " + streams.accountId()
                        + " has registered consumers; deregister them, or set EnforceConsumerDeletion.");
            }
            stream.enter(StreamStatus.DELETING, now + transitionMillis);
        }
        stream.consumers().deregisterAll(now);
    }

    private void describeStream(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        int limit = Math.min(
                Limits.DESCRIBE_SHARDS,
                request.integer("Limit", 1, Limits.LIMIT_ACCEPTED).orElse(Limits.DESCRIBE_SHARDS));
        Optional<String> after = request.text("ExclusiveStartShardId");
        KinesisStream stream = streams.require(request, call.nowMillis());
        List<Shard> all = stream.listShards(call.nowMillis()).stream()
                .filter(shard -> after.isEmpty() || shard.id().compareTo(after.get()) > 0)
                .toList();
        out.writeStartObject();
        out.writeObjectFieldStart("StreamDescription");
        writeDescription(out, stream, call.nowMillis());
        out.writeArrayFieldStart("Shards");
        // While the stream is made or deleted AWS shows no shards.
        boolean shown = stream.status(call.nowMillis()).takesRecords();
        for (Shard shard : shown ? all.subList(0, Math.min(limit, all.size())) : List.<Shard>of()) {
            ShardWriter.write(out, shard);
        }
        out.writeEndArray();
        out.writeBooleanField("HasMoreShards", shown && all.size() > limit);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void describeStreamSummary(Operation.Call call, JsonGenerator out) throws IOException {
        KinesisStream stream = streams.require(call.request(), call.nowMillis());
        out.writeStartObject();
        out.writeObjectFieldStart("StreamDescriptionSummary");
        writeDescription(out, stream, call.nowMillis());
        out.writeNumberField("OpenShardCount", stream.shards().open().size());
        out.writeNumberField(
                "ConsumerCount", stream.consumers().all(call.nowMillis()).size());
        out.writeNumberField("MaxRecordSizeInKiB", stream.maxRecordKib());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void writeDescription(JsonGenerator out, KinesisStream stream, long nowMillis) throws IOException {
        writeSummary(out, stream, nowMillis);
        out.writeNumberField("RetentionPeriodHours", stream.retentionHours());
        out.writeArrayFieldStart("EnhancedMonitoring");
        out.writeStartObject();
        out.writeArrayFieldStart("ShardLevelMetrics");
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeStringField("EncryptionType", "NONE");
    }

    private static void writeSummary(JsonGenerator out, KinesisStream stream, long nowMillis) throws IOException {
        out.writeStringField("StreamName", stream.name());
        out.writeStringField("StreamARN", stream.arn());
        out.writeStringField("StreamStatus", stream.status(nowMillis).name());
        out.writeObjectFieldStart("StreamModeDetails");
        out.writeStringField("StreamMode", stream.mode().name());
        out.writeEndObject();
        Wire.writeTimestamp(out, "StreamCreationTimestamp", stream.createdMillis());
    }

    private void listStreams(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        int limit = Math.min(
                Limits.LIST_STREAMS,
                request.integer("Limit", 1, Limits.LIMIT_ACCEPTED).orElse(Limits.LIST_STREAMS));
        Optional<String> after = request.text("NextToken")
                .map(token -> OpaqueToken.decode(token, 1)
                        .orElseThrow(() -> ApiException.invalidArgument("Invalid NextToken."))
                        .get(0))
                .or(() -> request.text("ExclusiveStartStreamName"));
        List<KinesisStream> rest = streams.all(call.nowMillis()).stream()
                .filter(stream -> after.isEmpty() || stream.name().compareTo(after.get()) > 0)
                .toList();
        List<KinesisStream> page = rest.subList(0, Math.min(limit, rest.size()));
        boolean hasMore = rest.size() > page.size();
        out.writeStartObject();
        out.writeArrayFieldStart("StreamNames");
        for (KinesisStream stream : page) {
            out.writeString(stream.name());
        }
        out.writeEndArray();
        out.writeBooleanField("HasMoreStreams", hasMore);
        if (hasMore) {
            out.writeStringField(
                    "NextToken", OpaqueToken.encode(page.get(page.size() - 1).name()));
        }
        out.writeArrayFieldStart("StreamSummaries");
        for (KinesisStream stream : page) {
            out.writeStartObject();
            writeSummary(out, stream, call.nowMillis());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void describeLimits(Operation.Call call, JsonGenerator out) throws IOException {
        List<KinesisStream> all = streams.all(call.nowMillis());
        out.writeStartObject();
        out.writeNumberField("ShardLimit", Limits.SHARDS_PER_ACCOUNT);
        out.writeNumberField("OpenShardCount", streams.openShards(call.nowMillis()));
        out.writeNumberField("OnDemandStreamCount", onDemand(all));
        out.writeNumberField("OnDemandStreamCountLimit", Limits.ON_DEMAND_STREAMS);
        out.writeEndObject();
    }
}
