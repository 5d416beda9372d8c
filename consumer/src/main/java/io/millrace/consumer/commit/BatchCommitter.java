package io.millrace.consumer.commit;

import io.millrace.consumer.buffer.PartitionLines;
import io.millrace.consumer.buffer.ShardBatch;
import io.millrace.consumer.record.ShardRef;
import io.millrace.consumer.sink.Buckets;
import io.millrace.consumer.sink.Compression;
import io.millrace.consumer.sink.Compressor;
import io.millrace.consumer.sink.ObjectContent;
import io.millrace.consumer.sink.ObjectKey;
import io.millrace.consumer.sink.ObjectSink;
import io.millrace.consumer.sink.SinkException;
import io.millrace.consumer.status.ConsumerEvent;
import io.millrace.consumer.status.ConsumerEvent.BatchCommitted;
import io.millrace.consumer.status.ConsumerEvent.Call;
import io.millrace.consumer.status.ConsumerEvent.ObjectAlreadyThere;
import io.millrace.consumer.status.ConsumerEvent.ObjectPut;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Commits a shard's batches, exactly once: prepare (the lease stores the batch's end and plan), put every object unless it
 * is there already, checkpoint. Whoever takes over between any two of these steps finds the plan, reads the same records,
 * and writes the same objects.
 *
 * <p>One batch at a time; the calling thread blocks until it is committed or given up.
 */
public final class BatchCommitter {

    /** While S3 fails, how often to ask the lease table whether the lease is still held. */
    private static final Duration LEASE_CHECK = Duration.ofSeconds(10);

    private final ShardRef shard;
    private final Buckets buckets;
    private final UploadLimits limits;
    private final Retrier retrier;
    private final InstantSource clock;
    private final Consumer<ConsumerEvent> listener;

    public BatchCommitter(
            ShardRef shard,
            Buckets buckets,
            UploadLimits limits,
            Retrier retrier,
            InstantSource clock,
            Consumer<ConsumerEvent> listener) {
        this.shard = shard;
        this.buckets = buckets;
        this.limits = limits;
        this.retrier = retrier;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Returns when the batch is in S3 and checkpointed.
     *
     * @throws LeaseLostException where the lease is another worker's, who will commit these records
     * @throws AbandonedException where the commit was told to end, or its thread was interrupted
     */
    public void commit(ShardBatch batch, CommitPlan plan, Checkpoints checkpoints, Abandonment abandonment)
            throws LeaseLostException, AbandonedException {
        Instant sealed = clock.instant();
        PreparedCheckpoint prepared = retrier.untilAnswered(
                Call.PREPARE, () -> checkpoints.prepare(batch.range().last(), plan), () -> {}, abandonment);
        Instant promised = clock.instant();
        LeaseCheck leaseCheck = new LeaseCheck(batch, plan, checkpoints, promised);
        new BatchUpload(batch.partitions(), lines -> put(lines, batch, plan, leaseCheck, abandonment)).run(limits);
        Instant written = clock.instant();
        retrier.untilAnswered(Call.CHECKPOINT, () -> checkpoint(prepared), () -> {}, abandonment);
        listener.accept(new BatchCommitted(
                shard,
                batch.range(),
                batch.counts(),
                Duration.between(sealed, promised),
                Duration.between(promised, written),
                Duration.between(written, clock.instant())));
    }

    private static Object checkpoint(PreparedCheckpoint prepared)
            throws LeaseLostException, CheckpointUnavailableException {
        prepared.commit();
        return prepared;
    }

    private void put(
            PartitionLines lines, ShardBatch batch, CommitPlan plan, LeaseCheck leaseCheck, Abandonment abandonment)
            throws LeaseLostException, AbandonedException {
        Compression compression =
                ObjectKeys.compression(lines.partition(), plan.layout().compression());
        ObjectKey key = ObjectKeys.key(shard, batch.range(), lines.partition(), compression);
        ObjectSink sink = buckets.sink(plan.bucket());
        Instant begun = clock.instant();
        retrier.untilAnswered(
                Call.PUT,
                () -> putOnce(lines, sink, key, compression, begun, abandonment),
                leaseCheck::whereItIsTime,
                abandonment);
    }

    private Object putOnce(
            PartitionLines lines,
            ObjectSink sink,
            ObjectKey key,
            Compression compression,
            Instant begun,
            Abandonment abandonment)
            throws SinkException, InterruptedException, AbandonedException {
        int acquired = compression == Compression.NONE ? 0 : limits.acquireMemory(lines.bytes(), abandonment);
        try {
            ObjectContent content = Compressor.content(lines.slices(), compression);
            ObjectSink.Outcome outcome = sink.put(key, content);
            String location = sink.location(key);
            listener.accept(
                    switch (outcome) {
                        case STORED ->
                            new ObjectPut(
                                    shard,
                                    location,
                                    lines.lines(),
                                    content.length(),
                                    Duration.between(begun, clock.instant()));
                        case ALREADY_THERE -> new ObjectAlreadyThere(shard, location, lines.lines());
                    });
            return outcome;
        } finally {
            limits.releaseMemory(acquired);
        }
    }

    /** Asks, while puts fail, whether it is still this worker that must put: by preparing the same again. */
    private final class LeaseCheck {

        private final ShardBatch batch;
        private final CommitPlan plan;
        private final Checkpoints checkpoints;
        private Instant last;

        LeaseCheck(ShardBatch batch, CommitPlan plan, Checkpoints checkpoints, Instant prepared) {
            this.batch = batch;
            this.plan = plan;
            this.checkpoints = checkpoints;
            this.last = prepared;
        }

        synchronized void whereItIsTime() throws LeaseLostException {
            Instant now = clock.instant();
            if (now.isBefore(last.plus(LEASE_CHECK))) {
                return;
            }
            last = now;
            try {
                checkpoints.prepare(batch.range().last(), plan);
            } catch (CheckpointUnavailableException | RuntimeException e) {
                // Nobody knows who holds the lease: the puts go on, which harms nobody, and so do these questions.
            }
        }
    }
}
