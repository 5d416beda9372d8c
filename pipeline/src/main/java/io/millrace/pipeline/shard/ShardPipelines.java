package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.MemoryBudget;
import io.millrace.pipeline.commit.Abandonment;
import io.millrace.pipeline.commit.Backoff;
import io.millrace.pipeline.commit.UploadLimits;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.sink.Buckets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Makes the process's {@link ShardPipeline}s and owns what they share: the memory budget, the commit and upload threads,
 * and the clock that flushes shards to which nothing comes. Thread-safe. {@link #close} ends the threads.
 */
public final class ShardPipelines implements AutoCloseable {

    private static final Backoff BACKOFF = new Backoff(
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            () -> ThreadLocalRandom.current().nextDouble());
    /** Of one batch's objects, how many are put at the same time beside the first. */
    private static final int HELPERS_PER_BATCH = 8;
    /** Memory for compressing, as a part of the buffer's. */
    private static final int COMPRESSION_PART = 4;

    private static final Duration SHORTEST_TICK = Duration.ofMillis(10);
    private static final Duration LONGEST_TICK = Duration.ofMillis(500);
    private static final int TICKS_PER_AGE = 20;

    private final Queue<ShardPipeline> pipelines = new ConcurrentLinkedQueue<>();
    private final MemoryBudget budget;
    private final PipelineContext shared;
    private final ExecutorService uploads;
    private final ExecutorService commits;
    private final ScheduledExecutorService ticker;

    @SuppressWarnings("FutureReturnValueIgnored") // the tick cannot fail: pipelines throw nothing
    public ShardPipelines(PipelineSettings settings, InstantSource clock, Consumer<PipelineEvent> listener) {
        budget = new MemoryBudget(settings.maxBufferBytes());
        uploads = pool("upload", Math.max(1, settings.uploadThreads()), new LinkedBlockingQueue<>());
        commits = pool("commit", Integer.MAX_VALUE, new SynchronousQueue<>()); // at most one a shard
        ticker = new ScheduledThreadPoolExecutor(1, threads("flush-clock"));
        shared = new PipelineContext(
                settings,
                RecordAppender.PARTITION_LIMIT,
                budget,
                new UploadLimits(
                        uploads,
                        Math.min(settings.uploadThreads(), HELPERS_PER_BATCH),
                        settings.maxBufferBytes() / COMPRESSION_PART),
                commits,
                BACKOFF,
                Abandonment::sleep,
                clock,
                listener);
        long tick = settings.flush().maxAge().dividedBy(TICKS_PER_AGE).toMillis();
        long millis = Math.max(SHORTEST_TICK.toMillis(), Math.min(LONGEST_TICK.toMillis(), tick));
        ticker.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A pipeline for a shard whose lease was just taken; {@code buckets} are those of the shard's stream. */
    public ShardPipeline open(ShardRef shard, Buckets buckets) {
        ShardPipeline pipeline = new ShardPipeline(shard, buckets, shared);
        pipelines.add(pipeline);
        return pipeline;
    }

    /** Bytes held now by buffers and commits, of at most {@link PipelineSettings#maxBufferBytes}. */
    public long bufferBytes() {
        return budget.used();
    }

    private void tick() {
        pipelines.removeIf(ShardPipeline::isOver);
        pipelines.forEach(ShardPipeline::tick);
    }

    /** Ends the threads; commits that are under way are given up, and their next owner finishes them. */
    @Override
    public void close() {
        ticker.shutdownNow();
        pipelines.forEach(ShardPipeline::abandon);
        commits.shutdownNow();
        uploads.shutdownNow();
    }

    private static ExecutorService pool(String name, int size, BlockingQueue<Runnable> queue) {
        int core = size == Integer.MAX_VALUE ? 0 : size;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(core, size, 10, TimeUnit.SECONDS, queue, threads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
