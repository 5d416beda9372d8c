package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.buffer.MemoryBudget;
import io.millrace.pipeline.commit.Abandonment;
import io.millrace.pipeline.commit.Backoff;
import io.millrace.pipeline.commit.CheckpointUnavailableException;
import io.millrace.pipeline.commit.Checkpoints;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.commit.LeaseLostException;
import io.millrace.pipeline.commit.PreparedCheckpoint;
import io.millrace.pipeline.commit.UploadLimits;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.Buckets;
import io.millrace.pipeline.sink.ObjectContent;
import io.millrace.pipeline.sink.ObjectKey;
import io.millrace.pipeline.sink.ObjectSink;
import io.millrace.pipeline.sink.SinkException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** A pipeline over a recording lease and bucket, whose next calls a test lets fail, and a clock that it moves. */
public final class PipelineRig implements Checkpoints, ObjectSink {

    public static final String BUCKET = "bucket";
    public static final ShardRef SHARD = new ShardRef("stream", "shardId-000000000000");

    /** What a test lets go wrong in a call. */
    public interface Trouble {
        void strike() throws LeaseLostException, CheckpointUnavailableException, SinkException;
    }

    public final MovedClock clock = new MovedClock();
    public final List<String> effects = new CopyOnWriteArrayList<>();
    public final List<PipelineEvent> events = new CopyOnWriteArrayList<>();
    public final Map<String, String> bucket = new ConcurrentSkipListMap<>();
    public final MemoryBudget budget = new MemoryBudget(1 << 24);
    public volatile Trouble onPrepare = () -> {};
    public volatile Trouble onPut = () -> {};
    public volatile Trouble onCheckpoint = () -> {};
    public volatile Trouble onShardEnd = () -> {};
    public volatile Optional<CommitPlan> plan = Optional.empty();
    public volatile Abandonment.Sleeper sleeper = (time, abandonment) -> clock.move(time);

    /** Commits run where they are sealed. */
    public ShardPipeline pipeline(PipelineSettings settings) {
        return pipeline(settings, Runnable::run);
    }

    public ShardPipeline pipeline(PipelineSettings settings, Executor commits) {
        return pipeline(settings, commits, Buckets.only(this));
    }

    public ShardPipeline pipeline(PipelineSettings settings, Executor commits, Buckets buckets) {
        PipelineContext shared = new PipelineContext(
                settings,
                RecordAppender.PARTITION_LIMIT,
                budget,
                new UploadLimits(Runnable::run, 0, 1 << 20),
                commits,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), () -> 1),
                (time, abandonment) -> sleeper.sleep(time, abandonment),
                clock,
                events::add);
        ShardPipeline pipeline = new ShardPipeline(SHARD, buckets, shared);
        return pipeline;
    }

    public static PipelineSettings settings(int flushRecords) {
        return settings(flushRecords, Layout.standard());
    }

    public static PipelineSettings settings(int flushRecords, Layout layout) {
        FlushPolicy flush = new FlushPolicy(1 << 20, flushRecords, Duration.ofSeconds(60));
        return new PipelineSettings(layout, flush, 1 << 24, 0, 1_000);
    }

    public static SourceRecord record(long sequence, String data) {
        return record(sequence, data.getBytes(StandardCharsets.UTF_8));
    }

    public static SourceRecord record(long sequence, byte[] data) {
        Instant arrival = Instant.parse("2025-11-09T12:30:00Z");
        return new SourceRecord(
                Long.toString(sequence),
                0,
                "key",
                arrival,
                ByteBuffer.wrap(data).asReadOnlyBuffer());
    }

    /** A read that begins at no record. */
    public static LinkedRecords read(SourceRecord... records) {
        return read(List.of(records));
    }

    public static LinkedRecords read(List<SourceRecord> records) {
        return new LinkedRecords(Optional.empty(), records);
    }

    /** A read that follows a record. */
    public static LinkedRecords readBehind(long sequence, SourceRecord... records) {
        return new LinkedRecords(Optional.of(new Position(Long.toString(sequence), 0)), List.of(records));
    }

    public <T extends PipelineEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public PreparedCheckpoint prepare(Position last, CommitPlan plan)
            throws LeaseLostException, CheckpointUnavailableException {
        strike(onPrepare);
        effects.add("prepare " + last);
        this.plan = Optional.of(plan);
        return () -> {
            strike(onCheckpoint);
            effects.add("checkpoint " + last);
        };
    }

    @Override
    public void shardEnd() throws LeaseLostException, CheckpointUnavailableException {
        strike(onShardEnd);
        effects.add("shard end");
    }

    private static void strike(Trouble trouble) throws LeaseLostException, CheckpointUnavailableException {
        try {
            trouble.strike();
        } catch (SinkException e) {
            throw new AssertionError("a lease is no sink", e);
        }
    }

    @Override
    public Outcome put(ObjectKey key, ObjectContent content) throws SinkException {
        try {
            onPut.strike();
        } catch (LeaseLostException | CheckpointUnavailableException e) {
            throw new AssertionError("a sink is no lease", e);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuffer slice : content.slices()) {
            byte[] piece = new byte[slice.remaining()];
            slice.duplicate().get(piece);
            bytes.writeBytes(piece);
        }
        effects.add("put");
        boolean isNew = bucket.putIfAbsent(key.value(), bytes.toString(StandardCharsets.UTF_8)) == null;
        return isNew ? Outcome.STORED : Outcome.ALREADY_THERE;
    }

    @Override
    public String bucket() {
        return BUCKET;
    }
}
