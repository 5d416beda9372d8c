package io.millrace.pipeline.commit;

import io.millrace.pipeline.buffer.PartitionLines;
import io.millrace.pipeline.buffer.ShardBatch;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.BatchCommitted;
import io.millrace.pipeline.event.PipelineEvent.Call;
import io.millrace.pipeline.event.PipelineEvent.ObjectAlreadyThere;
import io.millrace.pipeline.event.PipelineEvent.ObjectPut;
import io.millrace.pipeline.record.SequenceRange;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.sink.Buckets;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.Compressor;
import io.millrace.pipeline.sink.ObjectContent;
import io.millrace.pipeline.sink.ObjectKey;
import io.millrace.pipeline.sink.ObjectSink;
import io.millrace.pipeline.sink.SinkException;
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

    private final ShardRef shard;
    private final Buckets buckets;
    private final UploadLimits limits;
    private final Retrier retrier;
    private final InstantSource clock;
    private final Consumer<PipelineEvent> listener;

    /** What the puts of one batch have in common. */
    private record Upload(
            SequenceRange range, Layout layout, ObjectSink sink, LeaseProof lease, Abandonment abandonment) {}

    public BatchCommitter(
            ShardRef shard,
            Buckets buckets,
            UploadLimits limits,
            Retrier retrier,
            InstantSource clock,
            Consumer<PipelineEvent> listener) {
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
        LeaseProof lease =
                new LeaseProof(() -> checkpoints.prepare(batch.range().last(), plan), clock);
        PreparedCheckpoint prepared = retrier.untilAnswered(Call.PREPARE, lease::prepare, abandonment);
        Instant promised = clock.instant();
        Upload upload = new Upload(batch.range(), plan.layout(), buckets.sink(plan.bucket()), lease, abandonment);
        new BatchUpload(batch.partitions(), lines -> put(lines, upload)).run(limits);
        Instant written = clock.instant();
        retrier.untilAnswered(Call.CHECKPOINT, () -> checkpoint(prepared), abandonment);
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

    private void put(PartitionLines lines, Upload upload) throws LeaseLostException, AbandonedException {
        Instant begun = clock.instant();
        retrier.untilAnswered(Call.PUT, () -> putOnce(lines, upload, begun), upload.abandonment());
    }

    private Object putOnce(PartitionLines lines, Upload upload, Instant begun)
            throws SinkException, InterruptedException, AbandonedException, LeaseLostException,
                    CheckpointUnavailableException {
        Compression compression =
                ObjectKeys.compression(lines.partition(), upload.layout().compression());
        ObjectKey key = ObjectKeys.key(shard, upload.range(), lines.partition(), compression);
        int acquired = compression == Compression.NONE ? 0 : limits.acquireMemory(lines.bytes(), upload.abandonment());
        try {
            ObjectContent content = Compressor.content(lines.slices(), compression);
            upload.lease().renew();
            ObjectSink.Outcome outcome = upload.sink().put(key, content);
            String location = upload.sink().location(key);
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
}
