package io.millrace.consumer.kcl;

import io.millrace.consumer.retention.RetentionWatch;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.record.Aggregates;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.shard.PendingState;
import io.millrace.pipeline.shard.ShardPipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/** KCL's callbacks for one shard, handed on to its {@link ShardPipeline}. KCL calls them one at a time. */
final class ShardProcessor implements ShardRecordProcessor {

    private static final Logger log = LoggerFactory.getLogger(ShardProcessor.class);

    private final String stream;
    private final String bucket;
    private final Function<ShardRef, ShardPipeline> opener;
    private final LiveShards live;
    private final Duration drainDeadline;
    private final BiFunction<ShardRef, Optional<String>, RetentionWatch> watches;

    private ShardPipeline pipeline;
    private RetentionWatch watch;
    private ShardRef shard;
    private long millisBehindLatest;
    private boolean lastReadCame;

    /**
     * @param bucket the configured one, which a pending commit that names none is taken to mean
     * @param watches looks after a shard's retention, given the checkpoint that it resumes at, if it does
     */
    ShardProcessor(
            String stream,
            String bucket,
            Function<ShardRef, ShardPipeline> opener,
            LiveShards live,
            Duration drainDeadline,
            BiFunction<ShardRef, Optional<String>, RetentionWatch> watches) {
        this.stream = stream;
        this.bucket = bucket;
        this.opener = opener;
        this.live = live;
        this.drainDeadline = drainDeadline;
        this.watches = watches;
    }

    @Override
    public void initialize(InitializationInput input) {
        shard = new ShardRef(stream, input.shardId());
        Optional<PendingCommit> pending = pending(input);
        if (pipeline != null) { // KCL initialises again where its own part of it failed
            pipeline.abandon();
        }
        Optional<Position> checkpoint = KclRecords.position(input.extendedSequenceNumber());
        watch = watches.apply(shard, checkpoint.map(Position::sequenceNumber));
        pipeline = opener.apply(shard);
        pipeline.start(checkpoint, pending);
        live.add(shard, pipeline);
    }

    /** Never throws: KCL would pass over the records, and what comes next would be committed behind them. */
    @Override
    public void processRecords(ProcessRecordsInput input) {
        try {
            process(input);
        } catch (Throwable e) {
            pipeline.fail(e);
        }
    }

    private void process(ProcessRecordsInput input) {
        if (input.millisBehindLatest() != null) {
            millisBehindLatest = input.millisBehindLatest();
        }
        LinkedRecords read = WholeRead.unwrap(input.records());
        List<SourceRecord> records = Aggregates.takeApart(read.records());
        if (!pipeline.isOver()) {
            watch.arrived(records, Long.valueOf(0).equals(input.millisBehindLatest()), answered(input));
        }
        pipeline.accept(
                new LinkedRecords(read.follows(), records),
                millisBehindLatest,
                new KclCheckpoints(input.checkpointer()));
        watch.taken(pipeline.status());
        lastReadCame = input.isAtShardEnd();
    }

    /** Fan-out's records may have waited for a while. */
    private static Instant answered(ProcessRecordsInput input) {
        return input.cacheEntryTime() == null ? Instant.now() : input.cacheEntryTime();
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        pipeline.drain(new KclCheckpoints(input.checkpointer()), drainDeadline);
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
        if (!lastReadCame) { // KCL ends the shard even where it has passed over the last read
            pipeline.fail(new IllegalStateException("the shard's last read did not come"));
        }
        watch.ended();
        pipeline.shardEnded(new KclCheckpoints(input.checkpointer()));
        live.remove(shard, pipeline);
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        if (pipeline != null) {
            pipeline.leaseLost();
            live.remove(shard, pipeline);
        }
    }

    private Optional<PendingCommit> pending(InitializationInput input) {
        if (input.pendingCheckpointSequenceNumber() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(PendingState.decode(input.pendingCheckpointState(), bucket));
        } catch (IllegalArgumentException e) {
            // KCL tries again for as long as it holds the lease, and so does a worker that can read it.
            log.error("Cannot consume from shard {}: {}", shard, e.getMessage());
            throw e;
        }
    }
}
