package io.millrace.producer.internal;

import io.millrace.producer.ProducerException;
import io.millrace.producer.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Collects what one turn of the loop settled, then counts it and completes the futures on the callback thread, so that a
 * caller's continuation never holds up the sending. Owned by the loop's thread.
 */
final class Settlements {
    /** What is answered for an event that went to the spill file. */
    static final SendResult SPILLED = new SendResult("", "", 0, SendResult.Whereabouts.SPILL_FILE);

    private final Ledger ledger;
    private final Intake intake;
    private final Executor callbacks;
    private List<Runnable> completions = new ArrayList<>();
    private long freed;
    private long delivered;
    private long rejected;
    private long expired;

    Settlements(Ledger ledger, Intake intake, Executor callbacks) {
        this.ledger = ledger;
        this.intake = intake;
        this.callbacks = callbacks;
    }

    void delivered(Event event, SendResult result) {
        delivered++;
        freed += event.cost();
        completions.add(() -> event.future.complete(result));
    }

    void rejected(Event event, ProducerException cause) {
        rejected++;
        fail(event, cause);
    }

    void expired(Event event, ProducerException cause) {
        expired++;
        fail(event, cause);
    }

    /** Not settled, but out of memory: its future is told so. */
    void spilled(Event event) {
        freed += event.cost();
        ledger.spilled(1);
        completions.add(() -> event.future.complete(SPILLED));
    }

    private void fail(Event event, ProducerException cause) {
        freed += event.cost();
        completions.add(() -> event.future.completeExceptionally(cause));
    }

    void afterwards(Runnable completion) {
        completions.add(completion);
    }

    /** Counts and completes what was collected. The buffer's room comes back after the callbacks, which bounds them too. */
    void publish() {
        if (completions.isEmpty()) {
            return;
        }
        ledger.settled(delivered, rejected, expired);
        List<Runnable> batch = completions;
        long bytes = freed;
        completions = new ArrayList<>();
        delivered = rejected = expired = freed = 0;
        callbacks.execute(() -> {
            batch.forEach(Runnable::run);
            intake.release(bytes);
        });
    }
}
