package io.millrace.consumer.kcl;

import io.millrace.pipeline.record.ShardRef;

/** What a {@link ShardReader} meets, told to whoever counts and judges it. Called by the shards' reading threads. */
public interface ReadListener {

    /** Kinesis answered. */
    void readSucceeded(ShardRef shard);

    /** Kinesis did not answer, or refused; the read is tried again. */
    void readFailed(ShardRef shard, RuntimeException cause);

    /** The place in the shard had to be found anew. */
    void iteratorExpired(ShardRef shard);
}
