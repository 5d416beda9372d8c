package io.millrace.pipeline.commit;

import io.millrace.pipeline.record.Position;

/**
 * A commit that the shard's previous owner prepared and may or may not have finished: every record up to {@code last}
 * must be written under {@code plan}, and no other.
 */
public record PendingCommit(Position last, CommitPlan plan) {}
