package io.millrace.consumer.kcl;

/**
 * How many records to ask of a shard, so that an answer is about as large as the shard gives in two seconds: with one second's
 * worth, the five reads a second that Kinesis allows are the limit where a stand-in would give more, and a larger answer is
 * no faster, for Kinesis makes its reader wait for it.
 *
 * <p>Used by the shard's reading thread alone.
 */
final class ReadSize {

    /** A shard gives 2 MB a second (API reference, GetRecords). */
    private static final long TARGET_BYTES = 4_000_000;

    /** Nothing is known of the first records' size, and 10 MB are most of a small heap's room. */
    private static final int FIRST = 20;

    private static final int GROWTH = 4;

    private final int most;
    private int limit;

    /** @param most the most records that a read may bring */
    ReadSize(int most) {
        this.most = most;
        this.limit = Math.min(most, FIRST);
    }

    int limit() {
        return limit;
    }

    /** Takes note of an answer. */
    void observe(int records, long bytes) {
        if (records > 0) {
            long fitting = TARGET_BYTES * records / Math.max(1, bytes);
            limit = (int) Math.max(1, Math.min(Math.min(most, fitting), (long) limit * GROWTH));
        }
    }
}
