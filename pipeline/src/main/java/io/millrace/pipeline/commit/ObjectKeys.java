package io.millrace.pipeline.commit;

import io.millrace.lake.partition.OutputPartition;
import io.millrace.pipeline.record.SequenceRange;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Names a batch's objects: {@code <partition>/part-<uuid>.jsonl}, the uuid being name-based, from stream, shard, the
 * batch's first and last position and the partition. The same batch gives the same names, whoever writes it.
 */
public final class ObjectKeys {

    private ObjectKeys() {}

    /** Dead letters are for people and for redrive: they are never compressed. */
    public static Compression compression(OutputPartition partition, Compression configured) {
        return partition.isDeadLetter() ? Compression.NONE : configured;
    }

    public static ObjectKey key(
            ShardRef shard, SequenceRange range, OutputPartition partition, Compression compression) {
        String path = partition.path();
        String name = String.join(
                "\n",
                shard.stream(),
                shard.shardId(),
                range.first().toString(),
                range.last().toString(),
                path);
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new ObjectKey(path + "/part-" + uuid + ".jsonl" + compression.suffix());
    }
}
