package io.millrace.pipeline.record;

/**
 * One shard of one stream.
 *
 * @param stream the stream's name, not its ARN: it is part of every object's identity, so it must not change
 * @param shardId as Kinesis names it, {@code shardId-000000000000}
 */
public record ShardRef(String stream, String shardId) {

    @Override
    public String toString() {
        return stream + "/" + shardId;
    }
}
