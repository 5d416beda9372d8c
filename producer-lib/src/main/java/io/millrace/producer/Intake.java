package io.millrace.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where callers hand events to the loop, under one byte budget. Thread-safe: callers put, the loop takes, anyone posts
 * tasks for the loop.
 */
final class Intake {

    /** What the loop takes in one go: the events were accepted before the tasks were posted. */
    record Taken(List<Event> events, List<Runnable> tasks) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final long capacity;
    private final long lingerNanos;
    private final int wakeEvents;
    private final long wakeBytes;
    private final Ledger ledger;

    private List<Event> events = new ArrayList<>();
    private List<Runnable> tasks = new ArrayList<>();
    private long queuedBytes;
    private long used;
    private int waiting;
    private long nextOrdinal;
    private long sleepsUntil;
    private boolean closed;

    Intake(ProducerConfig config, Ledger ledger) {
        this.capacity = config.bufferBytes();
        this.lingerNanos = config.linger().toNanos();
        this.wakeEvents = config.aggregation() == Aggregation.NONE ? config.batchRecords() : Integer.MAX_VALUE;
        this.wakeBytes = config.aggregation() == Aggregation.NONE ? config.batchBytes() : config.aggregationBytes();
        this.ledger = ledger;
    }

    /**
     * Hands over events, all or none, waiting up to {@code maxBlock} for room.
     *
     * @throws BufferFullException where no room came free in time
     * @throws ProducerClosedException where the producer is closing
     */
    void put(List<Event> added, Duration maxBlock) {
        long cost = added.stream().mapToLong(Event::cost).sum();
        lock.lock();
        try {
            requireOpen();
            if (waiting > 0 || !fits(cost)) {
                awaitRoom(cost, maxBlock);
            }
            used += cost;
            for (Event event : added) {
                event.ordinal = nextOrdinal++;
                events.add(event);
                queuedBytes += event.size();
            }
            ledger.accepted(added.size());
            if (worthWaking(sleepsUntil)) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is larger than the whole buffer passes when the buffer is empty. */
    private boolean fits(long cost) {
        return used + cost <= capacity || used == 0;
    }

    private void awaitRoom(long cost, Duration maxBlock) {
        long left = maxBlock.toNanos();
        waiting++;
        try {
            do {
                if (left <= 0) {
                    throw new BufferFullException("the producer's buffer of " + Units.format(capacity)
                            + " bytes had no room for " + cost + " within " + Units.format(maxBlock)
                            + " (PRODUCER_BUFFER_BYTES, PRODUCER_MAX_BLOCK)");
                }
                left = room.awaitNanos(left);
                requireOpen();
            } while (!fits(cost));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BufferFullException("interrupted while waiting for room in the producer's buffer");
        } finally {
            waiting--;
            room.signal();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ProducerClosedException("the producer is closed");
        }
    }

    /** Whether there is something that cannot wait until the loop wakes by itself. */
    private boolean worthWaking(long until) {
        return !tasks.isEmpty()
                || events.size() >= wakeEvents
                || queuedBytes >= wakeBytes
                || (!events.isEmpty() && until > events.get(0).acceptedAt + lingerNanos);
    }

    /** Has the loop run {@code task} soon. */
    void post(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all there is; waits {@code nanos}, until the time {@code until}, where nothing is worth waking for. */
    Taken take(long until, long nanos) throws InterruptedException {
        lock.lock();
        try {
            sleepsUntil = until;
            while (nanos > 0 && !worthWaking(until)) {
                nanos = work.awaitNanos(nanos);
            }
            sleepsUntil = 0;
            Taken taken = new Taken(events, tasks);
            events = new ArrayList<>();
            tasks = new ArrayList<>();
            queuedBytes = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void release(long bytes) {
        lock.lock();
        try {
            used -= bytes;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    long usedBytes() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further events, those of waiting callers too. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
