package io.millrace.consumer.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.BatchCommitted;
import io.millrace.pipeline.event.PipelineEvent.BatchCounts;
import io.millrace.pipeline.event.PipelineEvent.BatchSealed;
import io.millrace.pipeline.event.PipelineEvent.CallRetried;
import io.millrace.pipeline.event.PipelineEvent.IntakeWaited;
import io.millrace.pipeline.event.PipelineEvent.LeaseLost;
import io.millrace.pipeline.event.PipelineEvent.ObjectAlreadyThere;
import io.millrace.pipeline.event.PipelineEvent.ObjectPut;
import io.millrace.pipeline.event.PipelineEvent.RecordBeforePending;
import io.millrace.pipeline.event.PipelineEvent.RecordsLost;
import io.millrace.pipeline.event.PipelineEvent.RecordsPossiblyLost;
import io.millrace.pipeline.event.PipelineEvent.RecordsReceived;
import io.millrace.pipeline.event.PipelineEvent.RecordsSkipped;
import io.millrace.pipeline.event.PipelineEvent.ReplayStarted;
import io.millrace.pipeline.event.PipelineEvent.ShardStarted;
import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts what happens to shards. The names are Micrometer's; Prometheus shows {@code millrace_consumer_…}. Thread-safe. */
public final class ConsumerMetrics implements Consumer<PipelineEvent> {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private static final String GAPS = "Places where retention overtook the reading, and records are or may be lost";

    private final MeterRegistry registry;

    public ConsumerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(PipelineEvent event) {
        Tags stream = Tags.of("stream", event.shard().stream());
        if (event instanceof RecordsReceived received) {
            count("records", "Kinesis records taken in", stream, received.records());
            count("received.bytes", "Bytes of those records", stream, received.bytes());
        } else if (event instanceof BatchSealed batch) {
            count(
                    "batches.sealed",
                    "Batches, by what made them complete",
                    stream.and("reason", name(batch.reason())),
                    1);
        } else if (event instanceof BatchCommitted batch) {
            committed(batch, stream);
        } else if (event instanceof ObjectPut put) {
            count("objects", "Objects in S3", stream.and("outcome", "stored"), 1);
            count("object.bytes", "Bytes stored in S3", stream, put.bytes());
            time("put", "Time that S3 took to store an object", stream, put.took());
        } else if (event instanceof ObjectAlreadyThere) {
            count("objects", "Objects in S3", stream.and("outcome", "already_there"), 1);
        } else if (event instanceof CallRetried retry) {
            Tags tags = stream.and("call", name(retry.call()), "cause", retry.cause());
            count("retries", "Calls made again, by what failed and why", tags, 1);
        } else if (event instanceof IntakeWaited wait) {
            time("intake.wait", "Time that reading waited", stream.and("reason", name(wait.reason())), wait.waited());
        } else {
            life(event, stream);
        }
    }

    private void life(PipelineEvent event, Tags stream) {
        if (event instanceof ShardStarted) {
            count("leases.gained", "Shards taken on", stream, 1);
        } else if (event instanceof LeaseLost) {
            count("leases.lost", "Shards lost to another worker", stream, 1);
        } else if (event instanceof ReplayStarted) {
            count("replays", "Pending commits of a previous owner, finished here", stream, 1);
        } else if (event instanceof RecordsSkipped skipped) {
            count("records.skipped", "Records that came again and were passed over", stream, skipped.records());
        } else if (event instanceof RecordsPossiblyLost) {
            count("retention.gaps", GAPS, stream.and("loss", "possible"), 1);
        } else if (event instanceof RecordBeforePending) {
            count("records.before.pending", "Records passed over, for they lay before a pending commit", stream, 1);
        } else if (event instanceof RecordsLost lost) {
            count("retention.gaps", GAPS, stream.and("loss", "certain"), 1);
            count(
                    "records.lost",
                    "Records lost by retention, where known",
                    stream,
                    lost.records().orElse(0));
        }
    }

    private void committed(BatchCommitted batch, Tags stream) {
        BatchCounts counts = batch.counts();
        String events = "Events by what became of them";
        count("events", events, stream.and("outcome", "written"), counts.written());
        count("events", events, stream.and("outcome", "dead_lettered"), counts.deadLettered());
        count("events", events, stream.and("outcome", "deduplicated"), counts.deduplicated());
        count("timestamp.fallbacks", "Events placed by their arrival time", stream, counts.timestampFallbacks());
        count("batches", "Batches committed", stream, 1);
        String phases = "Time of a commit's phases";
        time("commit", phases, stream.and("phase", "prepare"), batch.prepare());
        time("commit", phases, stream.and("phase", "upload"), batch.upload());
        time("commit", phases, stream.and("phase", "checkpoint"), batch.checkpoint());
    }

    /** A read of Kinesis that failed. */
    public void readFailed(ShardRef shard, String cause) {
        Tags tags = Tags.of("stream", shard.stream(), "call", "read", "cause", cause);
        count("retries", "Calls made again, by what failed and why", tags, 1);
    }

    /** A shard's iterator that had to be asked for anew. */
    public void iteratorExpired(ShardRef shard) {
        count("iterators.expired", "Shard iterators asked for anew", Tags.of("stream", shard.stream()), 1);
    }

    private void count(String name, String description, Tags tags, long amount) {
        Counter.builder("millrace.consumer." + name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment((double) amount);
    }

    private void time(String name, String description, Tags tags, Duration took) {
        Timer.builder("millrace.consumer." + name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
