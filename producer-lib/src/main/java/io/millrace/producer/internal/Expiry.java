package io.millrace.producer.internal;

import io.millrace.producer.DeliveryTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What happens to events that were tried for too long: they go to the spill file, where there is one with room, else they
 * expire. Events that are in the spill file anyway are tried on. Owned by the loop's thread.
 */
final class Expiry {
    private static final long LEAST_SWEEP_NANOS = 1_000_000;
    private static final long MOST_SWEEP_NANOS = 1_000_000_000;

    private final Duration timeout;
    private final Lanes lanes;
    private final Deliveries deliveries;
    private final Optional<SpillFeed> spill;
    private long sweepAt;

    Expiry(Duration timeout, Lanes lanes, Deliveries deliveries, Optional<SpillFeed> spill) {
        this.timeout = timeout;
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.spill = spill;
    }

    long nextSweep() {
        return sweepAt;
    }

    void sweepWhereDue(long now, String lastProblem) {
        if (now < sweepAt) {
            return;
        }
        sweepAt = now + Math.max(LEAST_SWEEP_NANOS, Math.min(MOST_SWEEP_NANOS, timeout.toNanos() / 10));
        List<Event> late = lanes.removeOlderThan(now - timeout.toNanos());
        if (late.isEmpty()) {
            return;
        }
        // Later events go to the file too: from memory they would overtake these.
        List<Event> later = spill.isPresent() ? lanes.removeOlderThan(Long.MAX_VALUE) : List.of();
        List<Event> all = new ArrayList<>(late);
        all.addAll(later);
        all.sort(Comparator.comparingLong(event -> event.ordinal));
        if (!spilled(all, now)) {
            later.forEach(event -> lanes.add(event, now));
            late.forEach(event -> expire(
                    event,
                    "not delivered within %s and %d requests; last problem: %s (PRODUCER_DELIVERY_TIMEOUT)"
                            .formatted(Units.format(timeout), event.attempts, lastProblem)));
        }
    }

    /** Ends the trying, for a close. */
    void giveUp(List<Event> events, long now) {
        List<Event> inMemory = new ArrayList<>();
        for (Event event : events) {
            if (event.fromSpill) {
                deliveries.forget(event);
            } else {
                inMemory.add(event);
            }
        }
        inMemory.sort(Comparator.comparingLong(event -> event.ordinal));
        if (!spilled(inMemory, now)) {
            inMemory.forEach(event -> expire(event, "the producer closed before it was delivered"));
        }
    }

    private boolean spilled(List<Event> events, long now) {
        if (spill.isEmpty() || !spill.get().takeBack(events, now)) {
            return false;
        }
        events.forEach(deliveries::spilled);
        return true;
    }

    private void expire(Event event, String why) {
        deliveries.expired(event, new DeliveryTimeoutException(why));
    }
}
