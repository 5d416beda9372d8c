package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** ListShards. */
final class ListShardsOperation implements Operation {

    private static final int TOKEN_CHARS = 1_048_576;

    private final Streams streams;

    ListShardsOperation(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void handle(Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        long now = call.nowMillis();
        int max = Math.min(
                Limits.LIST_SHARDS,
                request.integer("MaxResults", 1, Limits.LIST_SHARDS_ACCEPTED).orElse(Limits.LIST_SHARDS));
        Page page = request.has("NextToken") ? continued(request, now) : begun(request, now);
        KinesisStream stream = page.stream();
        StreamStatus status = stream.status(now);
        if (!status.takesRecords()) {
            throw streams.notActive(stream, status);
        }
        Predicate<Shard> wanted = page.filter().over(stream, now).and(shard -> shard.index() > page.afterIndex());
        List<Shard> shards = stream.listShards(now).stream().filter(wanted).toList();
        List<Shard> shown = shards.subList(0, Math.min(max, shards.size()));
        out.writeStartObject();
        out.writeArrayFieldStart("Shards");
        for (Shard shard : shown) {
            ShardWriter.write(out, shard);
        }
        out.writeEndArray();
        if (shards.size() > shown.size()) {
            int last = shown.get(shown.size() - 1).index();
            out.writeStringField(
                    "NextToken",
                    OpaqueToken.encode(
                            stream.name(),
                            stream.createdMillis(),
                            last,
                            page.filter().encode(),
                            now));
        }
        out.writeEndObject();
    }

    private record Page(KinesisStream stream, ShardFilter filter, int afterIndex) {}

    private Page begun(Request request, long now) {
        KinesisStream stream = streams.require(request, now);
        request.timestamp("StreamCreationTimestamp").ifPresent(created -> {
            // In JSON the time may come back with its milliseconds cut off.
            if (created / 1000 != stream.createdMillis() / 1000) {
                throw streams.notFound(stream.name());
            }
        });
        if (request.has("ExclusiveStartShardId") && request.has("ShardFilter")) {
            throw ApiException.invalidArgument("ExclusiveStartShardId and ShardFilter exclude each other.");
        }
        ShardFilter filter = request.text("ExclusiveStartShardId")
                .<ShardFilter>map(ShardFilter.AfterShard::of)
                .orElseGet(() -> ShardFilter.of(request.object("ShardFilter")));
        return new Page(stream, filter, -1);
    }

    private Page continued(Request request, long now) {
        for (String other : List.of("StreamName", "StreamARN", "StreamCreationTimestamp", "ExclusiveStartShardId")) {
            if (request.has(other)) {
                throw ApiException.invalidArgument("NextToken and " + other + " cannot be provided together.");
            }
        }
        String token = request.requiredText("NextToken");
        Constraint.length("NextToken", token, 1, TOKEN_CHARS);
        List<String> fields =
                OpaqueToken.decode(token, 5).orElseThrow(() -> ApiException.invalidArgument("Invalid NextToken."));
        if (now - Long.parseLong(fields.get(4)) > Limits.NEXT_TOKEN_LIFE.toMillis()) {
            throw ApiException.expiredNextToken("NextToken is older than " + Limits.NEXT_TOKEN_LIFE.toSeconds()
                    + " seconds; list the shards from the start.");
        }
        String name = fields.get(0);
        KinesisStream stream = streams.find(name, now)
                .filter(found -> found.createdMillis() == Long.parseLong(fields.get(1)))
                .orElseThrow(() -> streams.notFound(name));
        return new Page(stream, ShardFilter.decode(fields.get(3)), Integer.parseInt(fields.get(2)));
    }
}
