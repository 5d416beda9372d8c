package io.millrace.pipeline.event;

import io.millrace.pipeline.event.PipelineEvent.BatchCommitted;
import io.millrace.pipeline.event.PipelineEvent.Call;
import io.millrace.pipeline.event.PipelineEvent.CallRetried;
import io.millrace.pipeline.event.PipelineEvent.LeaseLost;
import io.millrace.pipeline.event.PipelineEvent.ObjectAlreadyThere;
import io.millrace.pipeline.event.PipelineEvent.ObjectPut;
import io.millrace.pipeline.event.PipelineEvent.RecordBeforePending;
import io.millrace.pipeline.event.PipelineEvent.RecordsLost;
import io.millrace.pipeline.event.PipelineEvent.RecordsPossiblyLost;
import io.millrace.pipeline.event.PipelineEvent.ReplayFinished;
import io.millrace.pipeline.event.PipelineEvent.ReplayStarted;
import io.millrace.pipeline.event.PipelineEvent.ShardDrained;
import io.millrace.pipeline.event.PipelineEvent.ShardEnded;
import io.millrace.pipeline.event.PipelineEvent.ShardFailed;
import io.millrace.pipeline.event.PipelineEvent.ShardStarted;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to shards, as lines for people. Their wording is relied upon: users look for {@code Consuming from shard},
 * {@code Wrote N logs to}, {@code Batch processed} and {@code Total processed}. No line holds an event's content.
 * Thread-safe.
 */
public final class EventLog implements Consumer<PipelineEvent> {

    private static final Logger log = LoggerFactory.getLogger("io.millrace.consumer");

    private final AtomicLong total = new AtomicLong();

    @Override
    public void accept(PipelineEvent event) {
        if (event instanceof ObjectPut put) {
            log.info("Wrote {} logs to {}", put.events(), put.location());
        } else if (event instanceof ObjectAlreadyThere there) {
            log.info("Found {} logs already written to {}", there.events(), there.location());
        } else if (event instanceof BatchCommitted batch) {
            committed(batch);
        } else if (event instanceof CallRetried retry) {
            retried(retry);
        } else if (event instanceof RecordsLost lost) {
            lost(lost);
        } else if (event instanceof RecordsPossiblyLost gap) {
            log.error(
                    "Possibly lost by Kinesis, by retention, before they were read: records of shard {} that arrived"
                            + " after {} and before {}, if there were any",
                    gap.shard(),
                    gap.since().map(Instant::toString).orElse("the last checkpoint"),
                    gap.until());
        } else if (event instanceof RecordBeforePending early) {
            log.error(
                    "Passed over record {} of shard {}, which lies before the pending commit {}: its owner had started"
                            + " later; do workers differ in INITIAL_POSITION?",
                    early.position(),
                    early.shard(),
                    early.pending());
        } else {
            life(event);
        }
    }

    private void committed(BatchCommitted batch) {
        PipelineEvent.BatchCounts counts = batch.counts();
        log.info(
                "Batch processed: {} records, {} written, {} failed",
                counts.records(),
                counts.written(),
                counts.deadLettered());
        log.info("Total processed: {}", total.addAndGet(counts.records()));
    }

    /**
     * An outage of an hour is not to fill the log: the attempts 1, 2, 4, 8 and so on are told. Of a put not the first: it fails
     * now and then, on a connection that S3 has closed or by a 503, and the next one does it.
     */
    private static void retried(CallRetried retry) {
        if (retry.call() == Call.PUT && retry.attempt() == 1) {
            log.debug("PUT of shard {} failed once: {}; trying again", retry.shard(), retry.message());
        } else if (Integer.bitCount(retry.attempt()) == 1) {
            log.warn(
                    "{} of shard {} failed (attempt {}): {}; trying again in {} ms",
                    retry.call(),
                    retry.shard(),
                    retry.attempt(),
                    retry.message(),
                    retry.delay().toMillis());
        }
    }

    private static void lost(RecordsLost lost) {
        log.error(
                "Lost by Kinesis, by retention, before they were read: {} records of shard {} within {}",
                lost.records().isPresent() ? lost.records().getAsLong() : "an unknown number of",
                lost.shard(),
                lost.range());
    }

    private static void life(PipelineEvent event) {
        if (event instanceof ShardStarted started) {
            log.info(
                    "Consuming from shard: {} of stream {}, {}",
                    started.shard().shardId(),
                    started.shard().stream(),
                    started.checkpoint().map(at -> "after " + at).orElse("from the initial position"));
        } else if (event instanceof ReplayStarted replay) {
            log.info(
                    "Finishing the pending commit of shard {} in bucket {}: {}",
                    replay.shard(),
                    replay.bucket(),
                    replay.range());
        } else if (event instanceof ReplayFinished replay) {
            log.info("Finished the pending commit of shard {}: {} records", replay.shard(), replay.records());
        } else if (event instanceof LeaseLost lease) {
            log.info(
                    "Lost the lease of shard {}; {} records that were not committed are read again by the next worker",
                    lease.shard(),
                    lease.droppedRecords());
        } else if (event instanceof ShardDrained drained) {
            log.info(
                    "Stopped consuming from shard {}: {}",
                    drained.shard(),
                    drained.complete()
                            ? "all that was read is committed"
                            : "the rest is read again by the next worker");
        } else if (event instanceof ShardEnded ended) {
            log.info("Reached the end of shard {}; all of it is committed", ended.shard());
        } else if (event instanceof ShardFailed failed) {
            log.error("Shard {} is stopped by a defect: {}", failed.shard(), failed.message(), failed.cause());
        }
    }
}
