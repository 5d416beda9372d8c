package io.millrace.consumer.shard;

import io.millrace.consumer.buffer.FlushPolicy;
import io.millrace.consumer.buffer.MemoryBudget;
import io.millrace.consumer.commit.Abandonment;
import io.millrace.consumer.commit.Backoff;
import io.millrace.consumer.commit.CheckpointUnavailableException;
import io.millrace.consumer.commit.Checkpoints;
import io.millrace.consumer.commit.CommitPlan;
import io.millrace.consumer.commit.Layout;
import io.millrace.consumer.commit.LeaseLostException;
import io.millrace.consumer.commit.PreparedCheckpoint;
import io.millrace.consumer.commit.UploadLimits;
import io.millrace.consumer.record.Position;
import io.millrace.consumer.record.ShardRef;
import io.millrace.consumer.record.SourceRecord;
import io.millrace.consumer.sink.Buckets;
import io.millrace.consumer.sink.ObjectContent;
import io.millrace.consumer.sink.ObjectKey;
import io.millrace.consumer.sink.ObjectSink;
import io.millrace.consumer.sink.SinkException;
import io.millrace.consumer.status.ConsumerEvent;
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
final class PipelineRig implements Checkpoints, ObjectSink {

    static final String BUCKET = "bucket";
    static final ShardRef SHARD = new ShardRef("stream", "shardId-000000000000");

    /** What a test lets go wrong in a call. */
    interface Trouble {
        void strike() throws LeaseLostException, CheckpointUnavailableException, SinkException;
    }

    final MovedClock clock = new MovedClock();
    final List<String> effects = new CopyOnWriteArrayList<>();
    final List<ConsumerEvent> events = new CopyOnWriteArrayList<>();
    final Map<String, String> bucket = new ConcurrentSkipListMap<>();
    final MemoryBudget budget = new MemoryBudget(1 << 24);
    volatile Trouble onPrepare = () -> {};
    volatile Trouble onPut = () -> {};
    volatile Trouble onCheckpoint = () -> {};
    volatile Trouble onShardEnd = () -> {};
    volatile Optional<CommitPlan> plan = Optional.empty();
    volatile Abandonment.Sleeper sleeper = (time, abandonment) -> clock.move(time);

    /** Commits run where they are sealed. */
    ShardPipeline pipeline(PipelineSettings settings) {
        return pipeline(settings, Runnable::run);
    }

    ShardPipeline pipeline(PipelineSettings settings, Executor commits) {
        return pipeline(settings, commits, Buckets.only(this));
    }

    ShardPipeline pipeline(PipelineSettings settings, Executor commits, Buckets buckets) {
        SharedParts shared = new SharedParts(
                settings,
                Intake.PARTITION_LIMIT,
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

    static PipelineSettings settings(int flushRecords) {
        return settings(flushRecords, Layout.standard());
    }

    static PipelineSettings settings(int flushRecords, Layout layout) {
        FlushPolicy flush = new FlushPolicy(1 << 20, flushRecords, Duration.ofSeconds(60));
        return new PipelineSettings(layout, flush, 1 << 24, 0, 1_000);
    }

    static SourceRecord record(long sequence, String data) {
        return record(sequence, data.getBytes(StandardCharsets.UTF_8));
    }

    static SourceRecord record(long sequence, byte[] data) {
        Instant arrival = Instant.parse("2025-11-09T12:30:00Z");
        return new SourceRecord(
                Long.toString(sequence),
                0,
                "key",
                arrival,
                ByteBuffer.wrap(data).asReadOnlyBuffer());
    }

    /** A read that begins at no record. */
    static LinkedRecords read(SourceRecord... records) {
        return read(List.of(records));
    }

    static LinkedRecords read(List<SourceRecord> records) {
        return new LinkedRecords(Optional.empty(), records);
    }

    /** A read that follows a record. */
    static LinkedRecords readBehind(long sequence, SourceRecord... records) {
        return new LinkedRecords(Optional.of(new Position(Long.toString(sequence), 0)), List.of(records));
    }

    <T extends ConsumerEvent> List<T> events(Class<T> type) {
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
