package io.millrace.pipeline.buffer;

import io.millrace.lake.partition.OutputPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The lines of one output partition in a batch: stretches of the shard's log, in record order. While the buffer is open
 * it grows; once sealed into a {@link ShardBatch} it no longer changes and any thread may read it.
 */
public final class PartitionLines {

    /** This object, its key with a path of 50 characters, its first stretches, and its place in the map, measured. */
    static final int OVERHEAD_BYTES = 400;

    private static final int FIRST_STRETCHES = 2;
    private static final int MOST_STRETCHES = 64;
    /** An array's header, its place in the list, and its part of the list. */
    private static final int CHUNK_OVERHEAD_BYTES = 64;

    /** The most that one more line can add to the lines of a partition that is open already. */
    static final int GROWTH_BYTES = MOST_STRETCHES * 2 * Integer.BYTES + CHUNK_OVERHEAD_BYTES;

    private final OutputPartition partition;
    private final ByteLog log;
    /** Stretches as from, to, from, to, …; in chunks, so that a long list grows without being copied. */
    private int[] chunk = new int[FIRST_STRETCHES * 2];

    private int used;
    private List<int[]> fullChunks = List.of();
    private long lines;
    private long bytes;

    PartitionLines(OutputPartition partition, ByteLog log) {
        this.partition = partition;
        this.log = log;
    }

    /** What it takes as long as it has few stretches. */
    int overheadBytes() {
        return OVERHEAD_BYTES + partition.prefix().length();
    }

    /**
     * Notes that the log's bytes from {@code from} to {@code to} are this partition's next line.
     *
     * @return by how many bytes this object grew
     */
    int add(int from, int to) {
        lines++;
        bytes += to - from;
        if (used > 0 && chunk[used - 1] == from) {
            chunk[used - 1] = to;
            return 0;
        }
        int grown = 0;
        if (used == chunk.length) {
            fullChunks = fullChunks.isEmpty() ? new ArrayList<>() : fullChunks;
            fullChunks.add(chunk);
            chunk = new int[Math.min(MOST_STRETCHES * 2, chunk.length * 2)];
            used = 0;
            grown = chunk.length * Integer.BYTES + CHUNK_OVERHEAD_BYTES;
        }
        chunk[used++] = from;
        chunk[used++] = to;
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

    /**
     * The lines' bytes in order, as read-only views of the batch's memory. They are made as they are asked for: where short
     * events alternate between partitions, there is a view for each, and all at once would take several times their size.
     */
    public Iterable<ByteBuffer> slices() {
        return Slices::new;
    }

    private final class Slices implements Iterator<ByteBuffer> {

        private int chunks;
        private int[] stretches = fullChunks.isEmpty() ? chunk : fullChunks.get(0);
        private int stretch;
        private int from = stretches[0];

        @Override
        public boolean hasNext() {
            return chunks < fullChunks.size() || stretch < used;
        }

        @Override
        public ByteBuffer next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int to = stretches[stretch + 1];
            ByteBuffer slice = log.slice(from, to);
            from += slice.remaining();
            if (from == to) {
                nextStretch();
            }
            return slice;
        }

        private void nextStretch() {
            stretch += 2;
            if (chunks < fullChunks.size() && stretch == stretches.length) {
                chunks++;
                stretches = chunks < fullChunks.size() ? fullChunks.get(chunks) : chunk;
                stretch = 0;
            }
            if (hasNext()) {
                from = stretches[stretch];
            }
        }
    }
}
