package io.millrace.lambda;

import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.commit.Checkpoints;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.event.EventLog;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.LeaseLost;
import io.millrace.pipeline.event.PipelineEvent.ShardDrained;
import io.millrace.pipeline.event.PipelineEvent.ShardStarted;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.shard.PipelineSettings;
import io.millrace.pipeline.shard.ShardPipeline;
import io.millrace.pipeline.shard.ShardPipelines;
import io.millrace.pipeline.sink.Buckets;
import io.millrace.pipeline.sink.ObjectSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes chunks with the consumer's own pipeline: a chunk is a shard's one batch, sealed when it is complete, or several
 * where it inflates to more than an eighth of the heap. Used by one invocation at a time, as Lambda does.
 */
final class ChunkWriter implements AutoCloseable {

    private static final int UPLOAD_THREADS = 8;
    /** Of the heap, for a batch's events: two of them are there at once, beside the invocation's own event. */
    private static final int BATCH_PART = 8;
    /** Memory must not decide where a batch ends: another try of the same chunk would end it elsewhere. */
    private static final long NO_BUDGET = Long.MAX_VALUE / 2;

    private final EventLog log = new EventLog();
    private final Checkpoints lease = new NoLease();
    private final ObjectSink sink;
    private final InstantSource clock;
    private final ShardPipelines pipelines;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "chunk");
        thread.setDaemon(true);
        return thread;
    });

    ChunkWriter(ObjectSink sink, Layout layout, InstantSource clock) {
        this(sink, layout, clock, Runtime.getRuntime().maxMemory());
    }

    /** @param heapBytes the function's */
    ChunkWriter(ObjectSink sink, Layout layout, InstantSource clock, long heapBytes) {
        this.sink = sink;
        this.clock = clock;
        this.pipelines = new ShardPipelines(
                new PipelineSettings(layout, byBytesAlone(heapBytes), NO_BUDGET, UPLOAD_THREADS, 1), clock, this::tell);
    }

    /** Where a batch ends follows from the event and the function's size, not from a clock. */
    private static FlushPolicy byBytesAlone(long heapBytes) {
        long bytes = Math.max(1, Math.min(FlushPolicy.LIMIT_BYTES, heapBytes / BATCH_PART));
        return new FlushPolicy(bytes, Long.MAX_VALUE, Duration.ofDays(1));
    }

    /**
     * Writes the chunk, trying again while S3 fails.
     *
     * @return whether all of it is in S3; false at the deadline, when a put that is still under way may yet succeed: it
     *     puts the same bytes under the same key as the next try
     */
    boolean write(Chunk chunk, Instant deadline) {
        ShardPipeline pipeline = pipelines.open(chunk.shard(), Buckets.only(sink));
        Future<Boolean> written = threads.submit(() -> {
            pipeline.start(Optional.empty(), Optional.empty());
            pipeline.accept(LinkedRecords.unlinked(chunk.records()), 0, lease);
            return pipeline.drain(lease, until(deadline));
        });
        try {
            return written.get(until(deadline).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("writing a chunk failed unexpectedly: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            pipeline.leaseLost(); // harmless where it is drained
        }
    }

    /** Shards do not come and go here: one invocation after another writes a piece. */
    private void tell(PipelineEvent event) {
        boolean lifecycle =
                event instanceof ShardStarted || event instanceof ShardDrained || event instanceof LeaseLost;
        if (!lifecycle) {
            log.accept(event);
        }
    }

    private Duration until(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public void close() {
        pipelines.close();
        threads.shutdownNow();
    }
}
