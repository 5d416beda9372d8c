package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.MemoryBudget;
import io.millrace.pipeline.commit.Abandonment;
import io.millrace.pipeline.commit.Backoff;
import io.millrace.pipeline.commit.UploadLimits;
import io.millrace.pipeline.event.PipelineEvent;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all pipelines of a process share.
 *
 * @param partitionLimit of one record: {@link RecordAppender#PARTITION_LIMIT}, or less in a test
 */
record PipelineContext(
        PipelineSettings settings,
        int partitionLimit,
        MemoryBudget budget,
        UploadLimits uploads,
        Executor commits,
        Backoff backoff,
        Abandonment.Sleeper sleeper,
        InstantSource clock,
        Consumer<PipelineEvent> listener) {}
