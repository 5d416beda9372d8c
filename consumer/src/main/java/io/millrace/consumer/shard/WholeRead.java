package io.millrace.consumer.shard;

import io.millrace.consumer.record.SourceRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * A read's records as one record to KCL, behind the last: KCL makes up to four {@code BigInteger}s of each
 * record that it sees, to leave out what a checkpoint covers, and the pipeline leaves that out by itself.
 */
final class WholeRead extends KinesisClientRecord {

    /** The last record may be an aggregate, and KCL leaves out what is not behind the checkpoint, which may be amid its parts. */
    private static final long BEHIND_ALL_PARTS = Long.MAX_VALUE;

    private final List<SourceRecord> records;

    private WholeRead(List<SourceRecord> records, SourceRecord last) {
        super(
                last.position().sequenceNumber(),
                last.arrival(),
                ByteBuffer.allocate(0),
                last.partitionKey(),
                null,
                BEHIND_ALL_PARTS,
                null,
                false,
                null);
        this.records = records;
    }

    /** The records as KCL gets them: one, or none. */
    static List<KinesisClientRecord> wrap(List<SourceRecord> records) {
        return records.isEmpty() ? List.of() : List.of(new WholeRead(records, records.get(records.size() - 1)));
    }

    /** The records that KCL gave back. */
    static List<SourceRecord> unwrap(List<KinesisClientRecord> records) {
        if (records.size() == 1 && records.get(0) instanceof WholeRead read) {
            return read.records;
        }
        List<SourceRecord> all = new ArrayList<>();
        for (KinesisClientRecord record : records) {
            all.addAll(record instanceof WholeRead read ? read.records : List.of(KclRecords.toSource(record)));
        }
        return all;
    }

    /** How many records these are. */
    static int count(List<KinesisClientRecord> records) {
        return records.stream()
                .mapToInt(record -> record instanceof WholeRead read ? read.records.size() : 1)
                .sum();
    }

    /** How many bytes of data these have. */
    static long bytes(List<KinesisClientRecord> records) {
        long bytes = 0;
        for (KinesisClientRecord record : records) {
            bytes += record instanceof WholeRead read
                    ? read.bytes()
                    : record.data().remaining();
        }
        return bytes;
    }

    private long bytes() {
        return records.stream().mapToLong(record -> record.data().remaining()).sum();
    }
}
