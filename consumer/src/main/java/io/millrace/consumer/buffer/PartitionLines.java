package io.millrace.consumer.buffer;

import io.millrace.consumer.partition.OutputPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of one output partition in a batch: stretches of the shard's log, in record order. While the buffer is open
 * it grows; once sealed into a {@link ShardBatch} it no longer changes and any thread may read it.
 */
public final class PartitionLines {

    /** This object, its key with a path of 50 characters, its first stretches, and its place in the map, measured. */
    static final int OVERHEAD_BYTES = 400;

    private final OutputPartition partition;
    private final ByteLog log;
    /** From, to, from, to, … */
    private int[] bounds = new int[4];

    private int used;
    private long lines;
    private long bytes;

    PartitionLines(OutputPartition partition, ByteLog log) {
        this.partition = partition;
        this.log = log;
    }

    /**
     * Notes that the log's bytes from {@code from} to {@code to} are this partition's next line.
     *
     * @return by how many bytes this object grew
     */
    int add(int from, int to) {
        lines++;
        bytes += to - from;
        if (used > 0 && bounds[used - 1] == from) {
            bounds[used - 1] = to;
            return 0;
        }
        int grown = 0;
        if (used == bounds.length) {
            grown = bounds.length * Integer.BYTES;
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[used++] = from;
        bounds[used++] = to;
        return grown;
    }

    public OutputPartition partition() {
        return partition;
    }

    public long lines() {
        return lines;
    }

    /** All lines' bytes, line ends included. */
    public long bytes() {
        return bytes;
    }

    /** The lines' bytes in order, as read-only views of the batch's memory. */
    public List<ByteBuffer> slices() {
        List<ByteBuffer> slices = new ArrayList<>(used / 2 + 1);
        for (int i = 0; i < used; i += 2) {
            log.slices(bounds[i], bounds[i + 1], slices);
        }
        return slices;
    }
}
