package io.millrace.lambda;

import io.millrace.pipeline.commit.Checkpoints;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.PreparedCheckpoint;
import io.millrace.pipeline.record.Position;

/** Lambda keeps the position in the stream by itself, and moves it where an invocation ends well: nothing is stored here. */
final class NoLease implements Checkpoints {

    @Override
    public PreparedCheckpoint prepare(Position last, CommitPlan plan) {
        return () -> {};
    }

    @Override
    public void shardEnd() {}
}
