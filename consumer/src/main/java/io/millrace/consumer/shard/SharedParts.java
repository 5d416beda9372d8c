package io.millrace.consumer.shard;

import io.millrace.consumer.buffer.MemoryBudget;
import io.millrace.consumer.commit.Abandonment;
import io.millrace.consumer.commit.Backoff;
import io.millrace.consumer.commit.UploadLimits;
import io.millrace.consumer.status.ConsumerEvent;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all pipelines of a process share.
 *
 * @param partitionLimit of one record: {@link Intake#PARTITION_LIMIT}, or less in a test
 */
record SharedParts(
        PipelineSettings settings,
        int partitionLimit,
        MemoryBudget budget,
        UploadLimits uploads,
        Executor commits,
        Backoff backoff,
        Abandonment.Sleeper sleeper,
        InstantSource clock,
        Consumer<ConsumerEvent> listener) {}
