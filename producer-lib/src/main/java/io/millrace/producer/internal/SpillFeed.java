package io.millrace.producer.internal;

import io.millrace.producer.SendResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the spill file back into the pipeline, a window at a time, in order: a window begins when everything
 * before it is settled. Owned by the loop's thread.
 */
final class SpillFeed {
    private static final Logger LOG = LoggerFactory.getLogger(SpillFeed.class);
    private static final long WINDOW_BYTES = 4 << 20;
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final CompletableFuture<SendResult> TOLD = CompletableFuture.completedFuture(Settlements.SPILLED);

    private final Spill spill;
    private final Intake intake;
    private final Ledger ledger;
    private final Settlements settlements;
    private final Queue<CompletableFuture<Void>> awaitingEmpty = new ArrayDeque<>();
    private Spill.Window window;
    private int unsettled;
    private long notBefore;

    SpillFeed(Spill spill, Intake intake, Ledger ledger, Settlements settlements) {
        this.spill = spill;
        this.intake = intake;
        this.ledger = ledger;
        this.settlements = settlements;
    }

    boolean active() {
        return window != null;
    }

    /** Whether something waits in the file, or is on its way from it. */
    boolean pending() {
        return window != null || spill.hasUnread();
    }

    /** Whether {@link #next} would have something. */
    boolean mayFeed(long now) {
        return window == null && now >= notBefore && spill.hasUnread();
    }

    /** The next events to send; nothing may be before them in the pipeline. */
    List<Event> next(long now) {
        if (!mayFeed(now)) {
            return List.of();
        }
        try {
            List<Event> events = intake.takeSpilled(() -> read(now));
            unsettled = events.size();
            return events;
        } catch (UncheckedIOException e) {
            failed(now, e.getCause());
            return List.of();
        }
    }

    private List<Event> read(long now) {
        try {
            window = spill.read(WINDOW_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return window.frames().stream()
                .map(frame -> {
                    Event event = new Event(frame.partitionKey(), frame.data(), now, TOLD);
                    event.fromSpill = true;
                    return event;
                })
                .toList();
    }

    void settled(Event event, long now) {
        if (!event.fromSpill) {
            return;
        }
        ledger.spilled(-1);
        if (--unsettled == 0) {
            try {
                spill.settle(window);
            } catch (IOException e) {
                failed(now, e);
            }
            window = null;
            completeEmpty();
        }
    }

    /** Puts events that memory can keep no longer before those in the file; false where there is no room for them. */
    boolean takeBack(List<Event> events, long now) {
        try {
            return spill.putBefore(events);
        } catch (IOException e) {
            failed(now, e);
            return false;
        }
    }

    /** Completes {@code empty} when there is nothing left to send. */
    void whenEmpty(CompletableFuture<Void> empty) {
        awaitingEmpty.add(empty);
        completeEmpty();
    }

    private void completeEmpty() {
        while (!pending() && !awaitingEmpty.isEmpty()) {
            CompletableFuture<Void> empty = awaitingEmpty.remove();
            settlements.afterwards(() -> empty.complete(null));
        }
    }

    private void failed(long now, IOException e) {
        LOG.error("the spill folder fails, tried again", e);
        notBefore = now + RETRY_NANOS;
    }
}
