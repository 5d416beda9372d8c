package io.millrace.benchmarks.codec;

import io.millrace.pipeline.buffer.PartitionLines;
import io.millrace.pipeline.buffer.ShardBuffer;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.shard.RecordAppender;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.Compressor;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The consumer's own course from a record to what is put, with the classes that the consumer runs. */
final class OurCodec implements Codec {

    private static final Instant NOW = Instant.parse("2025-11-09T13:24:33Z");

    /** As long as Kinesis's are. */
    private static final BigInteger FIRST = new BigInteger("49590338271490256608559692538361571095921575989136588898");

    private final RecordAppender intake =
            RecordAppender.of(new ShardRef("stream", "shardId-000000000000"), Layout.standard(), 1);
    private final List<SourceRecord> records = new ArrayList<>();

    OurCodec(List<byte[]> events) {
        BigInteger sequence = FIRST;
        for (byte[] event : events) {
            ByteBuffer data = ByteBuffer.wrap(event).asReadOnlyBuffer(); // as the SDK hands it over
            records.add(new SourceRecord(sequence.toString(), 0, "key", NOW, data));
            sequence = sequence.add(BigInteger.ONE);
        }
    }

    @Override
    public long encode() {
        ShardBuffer buffer = new ShardBuffer();
        for (SourceRecord record : records) {
            intake.take(record, buffer, NOW);
        }
        long bytes = 0;
        for (PartitionLines lines : buffer.seal().partitions()) {
            bytes += Compressor.content(lines.slices(), Compression.NONE).length();
        }
        return bytes;
    }
}
