package io.millrace.producer.internal;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What waits for one shard, and how fast the shard may be fed. Owned by the loop's thread. */
final class Lane {
    static final long NEVER = Long.MAX_VALUE;

    /** Empty for the one lane that serves while the shards are unknown. */
    final Optional<ShardRange> shard;

    final ShardRate rate;
    private final long lingerNanos;
    private final ArrayDeque<Slot> ready = new ArrayDeque<>();
    private final PriorityQueue<Slot> delayed = new PriorityQueue<>(Comparator.comparingLong(slot -> slot.notBefore));
    private long dueAt = NEVER;
    private long pausedUntil;
    private int refusals;
    private int queuedEvents;
    private long queuedBytes;

    Lane(Optional<ShardRange> shard, ShardRate rate, long lingerNanos) {
        this.shard = shard;
        this.rate = rate;
        this.lingerNanos = lingerNanos;
    }

    /** Has the slot served when its first event is due, or its delay over. */
    void serve(Slot slot, long now) {
        if (slot.ready || slot.busy || slot.queue.isEmpty()) {
            return;
        }
        slot.ready = true;
        if (slot.notBefore > now) {
            delayed.add(slot);
        } else {
            ready.addLast(slot);
            Event head = slot.queue.getFirst();
            dueBy(head.attempts > 0 ? now : head.acceptedAt + lingerNanos);
        }
    }

    void dueBy(long time) {
        dueAt = Math.min(dueAt, time);
    }

    /** The slot to serve next; null for none. */
    Slot next() {
        while (!ready.isEmpty() && ready.peekFirst().queue.isEmpty()) {
            served(ready.peekFirst());
        }
        return ready.peekFirst();
    }

    /** Takes the slot that {@link #next} gave out of the line. */
    void served(Slot slot) {
        ready.removeFirst();
        slot.ready = false;
        if (ready.isEmpty()) {
            dueAt = NEVER;
        }
    }

    /** Moves what has waited out its delay into the line. */
    void release(long now) {
        while (!delayed.isEmpty() && delayed.peek().notBefore <= now) {
            Slot slot = delayed.poll();
            slot.ready = false;
            serve(slot, now);
        }
    }

    /** Kinesis refused records of this shard as too many: nothing is sent to it until {@code until}. */
    void pause(long until) {
        pausedUntil = Math.max(pausedUntil, until);
    }

    int countRefusal() {
        return ++refusals;
    }

    void delivered() {
        refusals = 0;
    }

    boolean open(long now) {
        return pausedUntil <= now && rate.availableAt(now) <= now;
    }

    void queued(int events, int bytes) {
        queuedEvents += events;
        queuedBytes += bytes;
    }

    int queuedEvents() {
        return queuedEvents;
    }

    long queuedBytes() {
        return queuedBytes;
    }

    boolean due(long now, boolean force) {
        return !ready.isEmpty() && (force || dueAt <= now);
    }

    /** When something may be sent next. */
    long nextDue(long now, boolean force) {
        long due = ready.isEmpty() ? NEVER : force ? now : dueAt;
        due = delayed.isEmpty() ? due : Math.min(due, delayed.peek().notBefore);
        return due == NEVER ? NEVER : Math.max(due, Math.max(pausedUntil, rate.availableAt(now)));
    }
}
