package io.millrace.producer.internal;

import io.millrace.producer.BufferFullException;
import io.millrace.producer.ProducerClosedException;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.SpillException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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
    private final Optional<Spill> spill;

    private List<Event> events = new ArrayList<>();
    private List<Runnable> tasks = new ArrayList<>();
    private long queuedBytes;
    private long used;
    private int waiting;
    private long nextOrdinal;
    private long sleepsUntil;
    private boolean closed;

    Intake(ProducerConfig config, Ledger ledger, Optional<Spill> spill) {
        this.capacity = config.bufferBytes();
        this.lingerNanos = config.linger().toNanos();
        this.wakeEvents = Packer.fillsRecords(config) ? Integer.MAX_VALUE : config.batchRecords();
        this.wakeBytes = Packer.fillsRecords(config) ? config.aggregationBytes() : config.batchBytes();
        this.ledger = ledger;
        this.spill = spill;
    }

    /**
     * Hands over events, all or none: to the loop while there is room in the buffer and nothing waits in the spill file, else
     * to the spill file, and where that is full or absent, waiting up to {@code maxBlock} for room.
     *
     * @throws BufferFullException where no room came free in time
     * @throws ProducerClosedException where the producer is closing
     */
    void put(List<Event> added, Duration maxBlock) {
        lock.lock();
        try {
            requireOpen();
            if (waiting > 0 || !place(added)) {
                awaitPlace(added, maxBlock);
            }
            ledger.accepted(added.size());
            if (worthWaking(sleepsUntil)) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean place(List<Event> added) {
        long cost = 0;
        for (Event event : added) {
            cost += event.cost();
        }
        boolean spilling = spill.isPresent() && spill.get().hasUnread();
        // What is larger than the whole buffer passes when the buffer is empty.
        if (!spilling && (used + cost <= capacity || used == 0)) {
            used += cost;
            for (Event event : added) {
                event.ordinal = nextOrdinal++;
                events.add(event);
                queuedBytes += event.size();
            }
            return true;
        }
        return spill.isPresent() && spill(added);
    }

    private boolean spill(List<Event> added) {
        try {
            if (!spill.get().append(added)) {
                return false;
            }
        } catch (IOException e) {
            throw new SpillException("the spill file cannot be written: " + e.getMessage(), e);
        }
        ledger.spilled(added.size());
        added.forEach(event -> event.future.complete(Settlements.SPILLED));
        return true;
    }

    private void awaitPlace(List<Event> added, Duration maxBlock) {
        long left = maxBlock.toNanos();
        waiting++;
        try {
            do {
                if (left <= 0) {
                    throw full(maxBlock);
                }
                left = room.awaitNanos(left);
                requireOpen();
            } while (!place(added));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BufferFullException("interrupted while waiting for room in the producer's buffer");
        } finally {
            waiting--;
            room.signal();
        }
    }

    private BufferFullException full(Duration maxBlock) {
        String spillFull =
                spill.map(s -> " and the spill file (PRODUCER_SPILL_BYTES) had").orElse(" had");
        return new BufferFullException("the producer's buffer of " + Units.format(capacity) + " bytes" + spillFull
                + " no room for an event within " + Units.format(maxBlock)
                + " (PRODUCER_BUFFER_BYTES, PRODUCER_MAX_BLOCK)");
    }

    /**
     * Has {@code read} take events from the spill file, unless events that came before them wait here. They count against
     * the budget like others, and nothing new gets between.
     */
    List<Event> takeSpilled(Supplier<List<Event>> read) {
        lock.lock();
        try {
            if (!events.isEmpty()) {
                return List.of();
            }
            List<Event> taken = read.get();
            for (Event event : taken) {
                event.ordinal = nextOrdinal++;
                used += event.cost();
            }
            return taken;
        } finally {
            lock.unlock();
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
