package io.millrace.producer.internal;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** Knows when everything accepted before a flush has been settled. Owned by the loop's thread. */
final class FlushEpochs {

    /** The events accepted between two flushes. */
    static final class Epoch {
        private long open;
        private CompletableFuture<Void> flushed;
    }

    private final Settlements settlements;
    private final ArrayDeque<Epoch> epochs = new ArrayDeque<>();

    FlushEpochs(Settlements settlements) {
        this.settlements = settlements;
        epochs.add(new Epoch());
    }

    void enter(Event event) {
        event.epoch = epochs.getLast();
        event.epoch.open++;
    }

    void leave(Event event) {
        if (--event.epoch.open == 0) {
            completeFinished();
        }
    }

    void flush(CompletableFuture<Void> flushed) {
        epochs.getLast().flushed = flushed;
        epochs.add(new Epoch());
        completeFinished();
    }

    /** Whether someone waits, so that nothing should linger. */
    boolean flushing() {
        return epochs.size() > 1;
    }

    private void completeFinished() {
        while (epochs.size() > 1 && epochs.getFirst().open == 0) {
            CompletableFuture<Void> flushed = epochs.removeFirst().flushed;
            settlements.afterwards(() -> flushed.complete(null));
        }
    }
}
