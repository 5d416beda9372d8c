package io.millrace.consumer.status;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.aws.Dependency;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SequenceRange;
import io.millrace.service.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The JSON of {@code /status}. Sequence numbers are strings, for they have more digits than a JSON reader's numbers;
 * times are ISO-8601, durations are in the unit that their name ends with. Fields are added, never renamed.
 */
public final class StatusReport implements Supplier<byte[]> {

    /** What does not change while the process runs. */
    public record Identity(
            String application, String workerId, String version, Instant started, Map<String, String> buckets) {}

    /** A worker of this application, and how many shards it holds. */
    public record Worker(String id, long leases) {}

    /** Memory for records: what buffers hold, and the most they may. */
    public record Buffer(LongSupplier bytes, long limit) {}

    /**
     * What the lease table tells.
     *
     * @param workers who holds how many leases
     * @param unserved leases that this process holds and reads nothing under
     */
    public record Leases(Supplier<List<Worker>> workers, Supplier<List<String>> unserved) {}

    private final Identity identity;
    private final InstantSource clock;
    private final ConsumerHealth health;
    private final Buffer buffer;
    private final Supplier<List<ShardStatus>> shards;
    private final Leases leases;
    private final Totals totals;

    public StatusReport(
            Identity identity,
            InstantSource clock,
            ConsumerHealth health,
            Totals totals,
            Buffer buffer,
            Supplier<List<ShardStatus>> shards,
            Leases leases) {
        this.identity = identity;
        this.clock = clock;
        this.health = health;
        this.totals = totals;
        this.buffer = buffer;
        this.shards = shards;
        this.leases = leases;
    }

    @Override
    public byte[] get() {
        Instant now = clock.instant();
        return Json.write(json -> {
            json.writeStartObject();
            process(json, now);
            streams(json);
            totals.writeTo(json);
            json.writeObjectFieldStart("buffer");
            json.writeNumberField("bytes", buffer.bytes().getAsLong());
            json.writeNumberField("limitBytes", buffer.limit());
            json.writeEndObject();
            services(json);
            json.writeArrayFieldStart("shards");
            for (ShardStatus shard : shards.get()) {
                shard(json, shard, now);
            }
            json.writeEndArray();
            workers(json);
            Json.strings(json, "unservedLeases", leases.unserved().get());
            json.writeEndObject();
        });
    }

    private void process(JsonGenerator json, Instant now) throws IOException {
        List<String> defects = health.defects();
        List<String> obstacles = health.obstacles();
        json.writeStringField("application", identity.application());
        json.writeStringField("workerId", identity.workerId());
        json.writeStringField("version", identity.version());
        json.writeStringField("started", identity.started().toString());
        json.writeNumberField(
                "uptimeSeconds", Duration.between(identity.started(), now).toSeconds());
        json.writeBooleanField("healthy", defects.isEmpty());
        json.writeBooleanField("ready", obstacles.isEmpty());
        Json.strings(json, "problems", obstacles);
    }

    private void streams(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("streams");
        for (Map.Entry<String, String> stream : identity.buckets().entrySet()) {
            json.writeStartObject();
            json.writeStringField("stream", stream.getKey());
            json.writeStringField("bucket", stream.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void services(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("services");
        for (Dependency dependency : health.dependencies()) {
            Optional<Dependency.Outage> outage = dependency.outage();
            json.writeStartObject();
            json.writeStringField("name", dependency.name());
            json.writeBooleanField("answers", outage.isEmpty());
            if (outage.isPresent()) {
                json.writeStringField("since", outage.get().since().toString());
                json.writeStringField("message", outage.get().message());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void shard(JsonGenerator json, ShardStatus shard, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("stream", shard.shard().stream());
        json.writeStringField("shardId", shard.shard().shardId());
        json.writeStringField("state", shard.state().name());
        position(json, "checkpoint", shard.checkpoint());
        position(json, "taken", shard.taken());
        if (shard.pending().isPresent()) {
            SequenceRange range = shard.pending().get();
            json.writeObjectFieldStart("pendingCommit");
            position(json, "first", Optional.of(range.first()));
            position(json, "last", Optional.of(range.last()));
            json.writeEndObject();
        } else {
            json.writeNullField("pendingCommit");
        }
        json.writeNumberField("openRecords", shard.openRecords());
        json.writeNumberField("heldBytes", shard.heldBytes());
        json.writeNumberField("oldestUnflushedMillis", millisSince(shard.oldestUnflushed(), now));
        json.writeNumberField("retryingMillis", millisSince(shard.retryingSince(), now));
        json.writeNumberField("millisBehindLatest", shard.millisBehindLatest());
        json.writeEndObject();
    }

    private void workers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("workers");
        for (Worker worker : leases.workers().get()) {
            json.writeStartObject();
            json.writeStringField("id", worker.id());
            json.writeNumberField("leases", worker.leases());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void position(JsonGenerator json, String field, Optional<Position> position) throws IOException {
        if (position.isEmpty()) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeStringField("sequenceNumber", position.get().sequenceNumber());
        json.writeNumberField("subSequenceNumber", position.get().subSequenceNumber());
        json.writeEndObject();
    }

    private static long millisSince(Optional<Instant> since, Instant now) {
        return since.map(start -> Duration.between(start, now).toMillis()).orElse(0L);
    }
}
