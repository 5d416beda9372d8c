package io.millrace.localaws.kinesis;

/**
 * What a shard takes and gives a second (developer guide, "Quotas and limits"): 1,000 records and 1 MiB in; five calls
 * and 2 MiB out. Guarded by its own monitor.
 */
final class ShardThroughput {

    private static final int WRITE_RECORDS = 1_000;
    private static final int WRITE_BYTES = 1 << 20;
    private static final int READ_CALLS = 5;
    private static final int READ_BYTES = 2 << 20;
    /** After a call that gives the most a call can, there is nothing for this long (API reference, GetRecords). */
    private static final long FULL_READ_PAUSE_MILLIS = 5_000;

    private final ShardLimits limits;
    private final Allowance writeRecords = new Allowance(WRITE_RECORDS);
    private final Allowance writeBytes = new Allowance(WRITE_BYTES);
    private final Allowance readCalls = new Allowance(READ_CALLS);
    private final Allowance readBytes = new Allowance(READ_BYTES);
    private final Allowance iterators = new Allowance(READ_CALLS);
    private long noReadBefore = Long.MIN_VALUE;

    ShardThroughput(ShardLimits limits) {
        this.limits = limits;
    }

    boolean admitWrite(int bytes, long nowMillis) {
        return !limits.limitWrites() || admitEnforcedWrite(bytes, nowMillis);
    }

    private synchronized boolean admitEnforcedWrite(int bytes, long nowMillis) {
        // A record above a second's bytes goes in on a full allowance, as AWS bursts for large records.
        if (!writeRecords.has(1, nowMillis) || !writeBytes.has(Math.min(bytes, WRITE_BYTES), nowMillis)) {
            return false;
        }
        writeRecords.take(1);
        writeBytes.take(bytes);
        return true;
    }

    /** Whether GetRecords may read now; then {@link #read} says how much it got. */
    synchronized boolean admitRead(long nowMillis) {
        if (!limits.limitReads()) {
            return true;
        }
        if (nowMillis < noReadBefore || !readCalls.has(1, nowMillis) || !readBytes.has(1, nowMillis)) {
            return false;
        }
        readCalls.take(1);
        return true;
    }

    synchronized void read(int bytes, boolean full, long nowMillis) {
        if (limits.limitReads()) {
            readBytes.take(bytes);
            noReadBefore = full ? nowMillis + FULL_READ_PAUSE_MILLIS : noReadBefore;
        }
    }

    synchronized boolean admitIterator(long nowMillis) {
        if (!limits.limitReads()) {
            return true;
        }
        boolean admitted = iterators.has(1, nowMillis);
        if (admitted) {
            iterators.take(1);
        }
        return admitted;
    }
}
