package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.BatchSealed;
import io.millrace.pipeline.event.PipelineEvent.SealReason;
import io.millrace.pipeline.event.PipelineEvent.ShardFailed;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.Buckets;
import io.millrace.pipeline.sink.Compression;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many shards over one memory budget that is far too small for them: all arrive, none waits for ever. */
@Timeout(60)
class ManyShardsTest {

    private static final int SHARDS = 16;
    private static final int RECORDS = 400;
    private static final int EVENT_BYTES = 2_000;

    private final Queue<PipelineEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicLong mostBytes = new AtomicLong();

    @ParameterizedTest
    @EnumSource(Compression.class)
    void fullBuffersAreSealedEarly(Compression compression) {
        long budget = 2 << 20;
        deliver(budget, compression, false);
        assertTrue(mostBytes.get() <= budget, "held " + mostBytes);
        assertTrue(
                events.stream().anyMatch(e -> e instanceof BatchSealed sealed && sealed.reason() == SealReason.MEMORY));
    }

    /** Replays may not be cut, though together they are larger than the memory. */
    @Test
    void replaysLargerThanTheMemoryTakeTurns() {
        deliver(SHARDS * 65_536L, Compression.NONE, true);
    }

    private void deliver(long budget, Compression compression, boolean replaying) {
        Layout layout = new Layout(Layout.VERSION, compression, "service", "timestamp", Optional.empty());
        FlushPolicy flush = new FlushPolicy(1 << 30, 1 << 30, Duration.ofDays(1));
        PipelineSettings settings = new PipelineSettings(layout, flush, budget, 4, 1);
        PipelineRig aws = new PipelineRig();
        ExecutorService shards = Executors.newFixedThreadPool(SHARDS);
        try (ShardPipelines pipelines = new ShardPipelines(settings, InstantSource.system(), events::add)) {
            List<CompletableFuture<Boolean>> done = new ArrayList<>();
            for (int shard = 0; shard < SHARDS; shard++) {
                ShardPipeline pipeline = pipelines.open(new ShardRef("stream", "shardId-" + shard), Buckets.only(aws));
                done.add(
                        CompletableFuture.supplyAsync(() -> feed(pipelines, pipeline, aws, layout, replaying), shards));
            }
            done.forEach(
                    result -> assertEquals(true, result.join(), () -> failures().toString()));
            assertEquals(0, pipelines.bufferBytes());
        } finally {
            shards.shutdownNow();
        }
        long written = events.stream()
                .filter(BatchSealed.class::isInstance)
                .mapToLong(e -> ((BatchSealed) e).counts().written())
                .sum();
        assertEquals((long) SHARDS * RECORDS, written);
    }

    private List<PipelineEvent> failures() {
        return events.stream().filter(ShardFailed.class::isInstance).toList();
    }

    private boolean feed(
            ShardPipelines pipelines, ShardPipeline pipeline, PipelineRig aws, Layout layout, boolean replaying) {
        CommitPlan plan = new CommitPlan(new Position("1", 0), RECORDS, PipelineRig.BUCKET, layout);
        PendingCommit pending = new PendingCommit(new Position(Integer.toString(RECORDS), 0), plan);
        pipeline.start(Optional.empty(), replaying ? Optional.of(pending) : Optional.empty());
        for (int i = 1; i <= RECORDS; i++) {
            SourceRecord record = PipelineRig.record(
                    i, "{\"service\":\"s" + i % 50 + "\",\"pad\":\"" + "x".repeat(EVENT_BYTES) + "\"}");
            pipeline.accept(PipelineRig.read(record), 0, aws);
            mostBytes.accumulateAndGet(pipelines.bufferBytes(), Math::max);
        }
        return pipeline.drain(aws, Duration.ofSeconds(50));
    }
}
