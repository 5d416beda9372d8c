package io.millrace.pipeline.shard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The event ids that a shard has seen lately, to drop the duplicates that a producer's own retries make.
 *
 * <p>Bounded: it remembers at least the last {@code capacity} different ids and at most twice as many, in up to 80 bytes
 * each of {@code capacity} ({@code DEDUPE_FIELD} is off by default). It keeps 128 bits of each id's SHA-256: two different ids
 * are never taken for one.
 *
 * <p>It lives with the lease: a new owner begins with none. So a batch that is replayed after a crash may keep an event
 * that its first owner dropped, because the copy before it stands in an earlier batch: a duplicate may pass, as with
 * dedupe off. It drops only what has its first copy in the same batch, which it keeps, and what the first owner dropped
 * beyond that has its first copy in a batch that was committed before: so no event is lost. Not thread-safe.
 */
final class SeenIds {

    private final int capacity;
    private final MessageDigest sha256;
    private long[] current;
    private long[] previous;
    private int size;

    SeenIds(int capacity) {
        this.capacity = capacity;
        this.current = table();
        this.previous = new long[2];
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @return whether the id is new */
    boolean add(String id) {
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong() | 1; // a slot of zero is free
        long low = hash.getLong();
        if (contains(previous, high, low) || contains(current, high, low)) {
            return false;
        }
        if (size == capacity) {
            previous = current;
            current = table();
            size = 0;
        }
        int slot = slot(current, high, low);
        current[slot] = high;
        current[slot + 1] = low;
        size++;
        return true;
    }

    private long[] table() {
        int slots = Integer.highestOneBit(capacity + capacity / 4 + 1) * 2; // a power of two, at most four fifths full
        return new long[slots * 2];
    }

    private static boolean contains(long[] table, long high, long low) {
        return table[slot(table, high, low)] != 0;
    }

    /** Where the id stands, or the free slot where it would. */
    private static int slot(long[] table, long high, long low) {
        int slots = table.length / 2;
        int slot = (int) low & (slots - 1);
        while (table[slot * 2] != 0 && (table[slot * 2] != high || table[slot * 2 + 1] != low)) {
            slot = (slot + 1) & (slots - 1);
        }
        return slot * 2;
    }
}
