package io.millrace.dashboard.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One reader of a live tail, between the thread that reads the stream and the one that writes to the browser. What waits is
 * bounded: a reader that is too slow is closed rather than waited for. Thread-safe.
 */
public final class TailSubscription implements AutoCloseable {

    /** Why a subscription came to its end. */
    public enum End {
        OPEN,
        CLOSED,
        TOO_SLOW,
        STREAM_GONE
    }

    static final int MAX_EVENTS = 20_000;
    static final long MAX_CHARS = 16L << 20;

    private final StreamTail tail;
    private final Deque<TailEvent> waiting = new ArrayDeque<>();
    private long chars;
    private boolean started;
    private boolean gap;
    private End end = End.OPEN;

    TailSubscription(StreamTail tail) {
        this.tail = tail;
    }

    /** Called by the stream's reader: events are there from now on. */
    synchronized void started() {
        started = true;
        notifyAll();
    }

    synchronized void offer(List<TailEvent> events) {
        if (end != End.OPEN) {
            return;
        }
        for (TailEvent event : events) {
            waiting.add(event);
            chars += event.event().length();
        }
        if (waiting.size() > MAX_EVENTS || chars > MAX_CHARS) {
            end(End.TOO_SLOW);
        }
        notifyAll();
    }

    /** The stream's reader fell behind and went on from the stream's end. */
    synchronized void skipped() {
        gap = true;
    }

    /** Whether events were left out since this was asked last. */
    public synchronized boolean takeGap() {
        boolean was = gap;
        gap = false;
        return was;
    }

    synchronized void end(End why) {
        if (end == End.OPEN) {
            end = why;
            waiting.clear();
            notifyAll();
        }
    }

    /** Waits until the stream is being read; false where it is not within the time. */
    public synchronized boolean awaitStart(long maxMillis) throws InterruptedException {
        await(() -> started, maxMillis);
        return started;
    }

    /** All events that wait, at most {@code max}; waits for one no longer than {@code maxMillis}. */
    public synchronized List<TailEvent> take(int max, long maxMillis) throws InterruptedException {
        await(() -> !waiting.isEmpty(), maxMillis);
        List<TailEvent> taken = new ArrayList<>(Math.min(max, waiting.size()));
        while (taken.size() < max && !waiting.isEmpty()) {
            TailEvent event = waiting.remove();
            chars -= event.event().length();
            taken.add(event);
        }
        return taken;
    }

    private void await(BooleanSupplier condition, long maxMillis) throws InterruptedException {
        long deadline = System.nanoTime() + maxMillis * 1_000_000;
        long left = maxMillis;
        while (!condition.getAsBoolean() && end == End.OPEN && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    public synchronized End end() {
        return end;
    }

    @Override
    public void close() {
        end(End.CLOSED);
        tail.leave(this);
    }
}
