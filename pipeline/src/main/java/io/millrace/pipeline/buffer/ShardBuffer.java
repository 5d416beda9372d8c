package io.millrace.pipeline.buffer;

import io.millrace.lake.partition.OutputPartition;
import io.millrace.pipeline.event.PipelineEvent.BatchCounts;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SequenceRange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A shard's open batch. All events stand in one log, in record order, whatever their output partition; a partition is a
 * list of stretches of it. So an open partition costs {@value PartitionLines#OVERHEAD_BYTES} bytes, not a buffer or a
 * compressor of its own: 5,000 of them are 2 MB. Not thread-safe.
 */
public final class ShardBuffer {

    /** Writes one line, without its end. */
    public interface LineWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final byte LINE_END = '\n';

    /** A line's stretch, in a chunk that is half empty. */
    private static final int STRETCH_BYTES = 16;
    /** A partition that a line opens, under the longest name, or whose list of stretches it makes grow. */
    private static final int MOST_A_PARTITION =
            Math.max(PartitionLines.OVERHEAD_BYTES + OutputPartition.LONGEST_PREFIX, PartitionLines.GROWTH_BYTES);

    private final ByteLog log = new ByteLog();
    private final Map<OutputPartition, PartitionLines> partitions = new HashMap<>();
    private PartitionLines latest;
    private long overheadBytes;

    private Position first;
    private Position last;
    private Instant oldest;
    private long records;
    private long written;
    private long deadLettered;
    private long deduplicated;
    private long timestampFallbacks;

    /** The lines that follow are this record's. */
    public void startRecord(Position position, Instant now) {
        if (records++ == 0) {
            first = position;
            oldest = now;
        }
        last = position;
    }

    public void append(OutputPartition partition, byte[] source, int offset, int length) {
        int from = log.size();
        log.append(source, offset, length);
        endLine(partition, from);
    }

    /** For a line too long to be made in memory of its own first. */
    public void append(OutputPartition partition, LineWriter line) {
        int from = log.size();
        try {
            line.writeTo(log.output());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        endLine(partition, from);
    }

    private void endLine(OutputPartition partition, int from) {
        log.append(LINE_END);
        int grown = lines(partition).add(from, log.size()); // which may count a new partition
        overheadBytes += grown;
        if (partition.isDeadLetter()) {
            deadLettered++;
        } else {
            written++;
        }
    }

    private PartitionLines lines(OutputPartition partition) {
        if (latest == null || !latest.partition().equals(partition)) {
            latest = partitions.get(partition);
            if (latest == null) {
                latest = new PartitionLines(partition, log);
                partitions.put(partition, latest);
                overheadBytes += latest.overheadBytes();
            }
        }
        return latest;
    }

    public void countDuplicate() {
        deduplicated++;
    }

    public void countTimestampFallback() {
        timestampFallbacks++;
    }

    public boolean isEmpty() {
        return records == 0;
    }

    public long records() {
        return records;
    }

    /** Bytes of all lines. */
    public long bytes() {
        return log.size();
    }

    /** When the first record was taken in; null while there is none. */
    public Instant oldest() {
        return oldest;
    }

    /** Heap that this buffer holds. */
    public long memoryBytes() {
        return log.allocatedBytes() + overheadBytes;
    }

    /**
     * The most heap that one more record will take.
     *
     * @param bytes of its lines, line ends included
     * @param lines how many they may be
     * @param partitions how many output partitions they may go to
     */
    public long memoryFor(long bytes, long lines, long partitions) {
        return log.growthFor(bytes) + lines * STRETCH_BYTES + partitions * MOST_A_PARTITION;
    }

    /** The batch of all records so far; the buffer must not be used again. */
    public ShardBatch seal() {
        return seal(new SequenceRange(first, last), oldest);
    }

    /** The batch of a pending commit's range, from what was read again of it, which may be nothing. */
    public ShardBatch seal(SequenceRange range, Instant now) {
        List<PartitionLines> sorted = new ArrayList<>(partitions.values());
        sorted.sort(
                Comparator.comparing((PartitionLines lines) -> lines.partition().prefix())
                        .thenComparingLong(lines -> lines.partition().epochHour()));
        BatchCounts counts = new BatchCounts(
                records, written, deadLettered, deduplicated, timestampFallbacks, sorted.size(), log.size());
        return new ShardBatch(range, sorted, counts, oldest == null ? now : oldest, memoryBytes());
    }
}
