package io.millrace.localaws.kinesis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One shard: its place in the hash key space, its lineage, its records. Thread-safe; shards do not wait for one another. */
final class Shard {

    /** What became of a record. */
    enum Append {
        STORED,
        /** The shard was split or merged meanwhile: its children take the record. */
        CLOSED,
        THROTTLED,
        /** The shard's stream was deleted meanwhile. */
        DELETED
    }

    /** How a shard ended. */
    record Closing(long millis, SequenceNumber end, List<Shard> children) {}

    private final String id;
    private final int index;
    private final HashKeyRange range;
    private final List<String> parentIds;
    private final long createdMillis;
    private final SequenceNumber start;
    private final ShardThroughput throughput;
    private final RecordLog log;
    private final SequenceDigits digits;
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private Closing closing;
    private boolean deleted;

    /** @param parents none, the shard it was split from, or the two it was merged from */
    Shard(
            int index,
            HashKeyRange range,
            List<Shard> parents,
            long createdMillis,
            HeldBytes held,
            ShardThroughput limit) {
        this.id = idOf(index);
        this.index = index;
        this.range = range;
        this.parentIds = parents.stream().map(Shard::id).toList();
        this.createdMillis = createdMillis;
        this.throughput = limit;
        long second = createdMillis / 1000;
        for (Shard parent : parents) {
            second = Math.max(second, parent.start.shardSecond() + 1);
        }
        this.start = SequenceNumber.startOf(second, index);
        this.log = new RecordLog(held, createdMillis);
        this.digits = new SequenceDigits(start);
    }

    static String idOf(int index) {
        return String.format("shardId-%012d", index);
    }

    String id() {
        return id;
    }

    int index() {
        return index;
    }

    HashKeyRange range() {
        return range;
    }

    List<String> parentIds() {
        return parentIds;
    }

    long createdMillis() {
        return createdMillis;
    }

    SequenceNumber start() {
        return start;
    }

    ShardThroughput throughput() {
        return throughput;
    }

    /** Null while the shard is open. */
    synchronized Closing closing() {
        return closing;
    }

    /** Stores entry {@code i} of the batch and, if that was done, writes its sequence number into the batch. */
    synchronized Append append(PutBatch batch, int i, long nowMillis) {
        if (deleted) {
            return Append.DELETED;
        }
        if (closing != null) {
            return Append.CLOSED;
        }
        if (!throughput.admitWrite(batch.length(i), nowMillis)) {
            return Append.THROTTLED;
        }
        long arrival = log.append(
                nowMillis,
                batch.bytes(),
                batch.keyStart(i),
                batch.keyLength(i),
                batch.dataStart(i),
                batch.dataLength(i));
        digits.next(secondOf(arrival));
        digits.writeTo(batch.sequenceNumbers(), i * SequenceDigits.LENGTH);
        wakeWaiting();
        return Append.STORED;
    }

    synchronized void close(long nowMillis, List<Shard> children) {
        long second = Math.max(secondOf(nowMillis), digits.second());
        closing =
                new Closing(nowMillis, SequenceNumber.endOf(start.shardSecond(), index, second), List.copyOf(children));
        wakeWaiting();
    }

    /**
     * Calls back once, when there is a record at this index or the shard has ended; at once where that is so already.
     *
     * @param wake is called under this shard's lock: it hands on and does nothing else
     */
    synchronized void awaitRecord(long index, Runnable wake) {
        if (log.endIndex() > index || closing != null || deleted) {
            wake.run();
        } else {
            waiting.add(wake);
        }
    }

    synchronized void stopAwaiting(Runnable wake) {
        waiting.remove(wake);
    }

    private void wakeWaiting() {
        if (!waiting.isEmpty()) {
            waiting.forEach(Runnable::run);
            waiting.clear();
        }
    }

    /** What is read from an index on, and the shard's end if it has one. */
    record Read(RecordLog.Slice slice, long endIndex, Closing closing) {

        boolean reachedEndOfShard() {
            return closing != null && slice.next() >= endIndex;
        }

        /** Whether there was more than a call gives in bytes. */
        boolean wasCutByBytes(int maxRecords) {
            return slice.next() < endIndex && slice.size() < maxRecords;
        }
    }

    synchronized Read read(long from, int maxRecords, int maxBytes, long trimHorizonMillis) {
        log.trimBefore(trimHorizonMillis);
        return new Read(log.read(from, maxRecords, maxBytes), log.endIndex(), closing);
    }

    synchronized long endIndex() {
        return log.endIndex();
    }

    synchronized long indexAtOrAfter(long millis) {
        return log.indexAtOrAfter(millis);
    }

    synchronized void trimBefore(long millis) {
        log.trimBefore(millis);
    }

    synchronized long oldestArrival() {
        return log.oldestArrival();
    }

    synchronized void dropOldest() {
        log.dropOldest();
    }

    /** Lets go of all records, for good. */
    synchronized void delete() {
        deleted = true;
        log.dropAll();
        wakeWaiting();
    }

    /** Counts up the sequence numbers of a view's records: stands before its first one. */
    SequenceDigits digitsBefore(Segment.View view) {
        return new SequenceDigits(
                new SequenceNumber(start.shardSecond(), index, view.firstIndex(), secondOf(view.arrival(0))));
    }

    /** The sequence number of the record before this index, which arrived then. */
    SequenceNumber numberBefore(long position, long arrivalMillis) {
        return new SequenceNumber(start.shardSecond(), index, position, secondOf(arrivalMillis));
    }

    /** The second that a sequence number carries; a child made within its parent's second is dated a little ahead. */
    long secondOf(long arrivalMillis) {
        return Math.max(start.shardSecond(), arrivalMillis / 1000);
    }
}
