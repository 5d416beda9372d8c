package io.millrace.consumer.kcl;

import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.SourceRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * A read's records as one record to KCL, behind the last: KCL makes up to four {@code BigInteger}s of each
 * record that it sees, to leave out what a checkpoint covers, and the pipeline leaves that out by itself.
 *
 * <p>It says which place the read follows, so that the pipeline sees where KCL has passed over the read before. A read that
 * brought no record is one too: it may be all that comes after the one that was passed over.
 */
final class WholeRead extends KinesisClientRecord {

    /** The last record may be an aggregate, and KCL leaves out what is not behind the checkpoint, which may be amid its parts. */
    private static final long BEHIND_ALL_PARTS = Long.MAX_VALUE;

    private final String follows;
    private final List<SourceRecord> records;

    private WholeRead(String follows, String reached, Optional<SourceRecord> last, List<SourceRecord> records) {
        super(
                reached,
                last.map(SourceRecord::arrival).orElse(null),
                ByteBuffer.allocate(0),
                last.map(SourceRecord::partitionKey).orElse(null),
                null,
                BEHIND_ALL_PARTS,
                null,
                false,
                null);
        this.follows = follows;
        this.records = records;
    }

    /**
     * The records as KCL gets them.
     *
     * @param place the sequence number that they follow, or KCL's word for where it begins, such as {@code TRIM_HORIZON}
     */
    static WholeRead behind(String place, List<SourceRecord> records) {
        if (records.isEmpty()) {
            return new WholeRead(place, place, Optional.empty(), records);
        }
        SourceRecord last = records.get(records.size() - 1);
        return new WholeRead(place, last.position().sequenceNumber(), Optional.of(last), records);
    }

    /**
     * What KCL gave back.
     *
     * @throws IllegalArgumentException where that is not what it was given
     */
    static LinkedRecords unwrap(List<KinesisClientRecord> records) {
        if (records.isEmpty()) {
            return LinkedRecords.NONE;
        }
        if (records.size() == 1 && records.get(0) instanceof WholeRead read) {
            return new LinkedRecords(KclRecords.position(new ExtendedSequenceNumber(read.follows)), read.records);
        }
        throw new IllegalArgumentException("KCL gave " + records.size() + " records where it was given one read");
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
