package io.millrace.pipeline.shard;

/** What a process of the simulation is configured with. */
record Setup(PipelineSettings settings, String bucket) {}
