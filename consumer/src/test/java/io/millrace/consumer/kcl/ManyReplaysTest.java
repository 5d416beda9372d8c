package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.ReplayFinished;
import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.shard.PipelineRig;
import io.millrace.pipeline.shard.PipelineSettings;
import io.millrace.pipeline.shard.ShardPipeline;
import io.millrace.pipeline.shard.ShardPipelines;
import io.millrace.pipeline.sink.Buckets;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.kinesis.retrieval.polling.DataFetcher;

/**
 * A worker that takes over more pending commits than its memory holds: while one shard's replay grows beyond the budget, the
 * others hold what they have read, and leave no room for another read.
 */
class ManyReplaysTest {

    private static final int SHARDS = 8;
    private static final int REPLAYED = 40;
    private static final int EVENT_BYTES = 100_000;

    private final Queue<PipelineEvent> events = new ConcurrentLinkedQueue<>();
    private final ReadBudget intake = new ReadBudget(20 << 20);
    private final LiveShards live = new LiveShards();

    @Test
    void allEndThoughTheyHoldTheRoomToRead() throws Exception {
        FlushPolicy flush = new FlushPolicy(1 << 30, 1 << 30, Duration.ofDays(1));
        PipelineSettings settings = new PipelineSettings(Layout.standard(), flush, 4 << 20, 4, 1);
        PipelineRig aws = new PipelineRig();
        ExecutorService threads = Executors.newFixedThreadPool(SHARDS);
        try (ShardPipelines pipelines = new ShardPipelines(settings, InstantSource.system(), events::add)) {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int i = 0; i < SHARDS; i++) {
                ShardRef shard = new ShardRef("stream", "shardId-" + i);
                ShardPipeline pipeline = pipelines.open(shard, Buckets.only(aws));
                live.add(shard, pipeline);
                done.add(CompletableFuture.runAsync(() -> replay(shard, pipeline, aws), threads));
            }
            for (CompletableFuture<Void> replay : done) {
                replay.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(
                SHARDS, events.stream().filter(ReplayFinished.class::isInstance).count());
        assertEquals(20 << 20, intake.available());
    }

    private void replay(ShardRef shard, ShardPipeline pipeline, PipelineRig aws) {
        CommitPlan plan = new CommitPlan(new Position("1", 0), REPLAYED, PipelineRig.BUCKET, Layout.standard());
        PendingCommit pending = new PendingCommit(new Position(Integer.toString(REPLAYED), 0), plan);
        pipeline.start(Optional.empty(), Optional.of(pending));
        ReadSize size = new ReadSize(2000);
        ShardReader reader = new ShardReader(
                kinesis(size),
                shard,
                size,
                new ReadRate(),
                intake,
                () -> live.isAwaited(shard),
                Duration.ofMillis(50),
                new DeafListener());
        reader.resetIterator("iterator", "0", null);
        while (pipeline.status().state() == State.REPLAYING) {
            pipeline.accept(PipelineRig.read(read(reader)), 1000, aws);
        }
        reader.takenOver();
        assertTrue(pipeline.drain(aws, Duration.ofSeconds(30)));
    }

    private static SourceRecord[] read(ShardReader reader) {
        return reader.getRecords().acceptAdapter().records().stream()
                .map(KclRecords::toSource)
                .toArray(SourceRecord[]::new);
    }

    /** A shard without end, read from its beginning. */
    private static DataFetcher kinesis(ReadSize size) {
        String event = "{\"service\":\"s\",\"pad\":\"" + "x".repeat(EVENT_BYTES) + "\"}";
        SdkBytes data = SdkBytes.fromByteArray(event.getBytes(StandardCharsets.UTF_8));
        long[] next = {1};
        return (DataFetcher) Proxy.newProxyInstance(
                ManyReplaysTest.class.getClassLoader(), new Class<?>[] {DataFetcher.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getRecords")) {
                        long from = next[0];
                        next[0] += size.limit();
                        return new FixedRead(GetRecordsResponse.builder()
                                .records(LongStream.range(from, next[0])
                                        .mapToObj(number -> record(number, data))
                                        .toList())
                                .nextShardIterator("iterator")
                                .millisBehindLatest(1000L)
                                .build());
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
    }

    private static Record record(long number, SdkBytes data) {
        return Record.builder()
                .sequenceNumber(Long.toString(number))
                .partitionKey("key")
                .approximateArrivalTimestamp(Instant.EPOCH)
                .data(data)
                .build();
    }
}
