package io.millrace.consumer.kcl;

import io.millrace.pipeline.record.ShardRef;

/** For tests that do not ask what a reader meets. */
final class DeafListener implements ReadListener {

    @Override
    public void readSucceeded(ShardRef shard) {}

    @Override
    public void readFailed(ShardRef shard, RuntimeException cause) {}

    @Override
    public void iteratorExpired(ShardRef shard) {}
}
