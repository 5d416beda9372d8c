package io.millrace.producer.internal;

import io.millrace.producer.ProducerException;
import io.millrace.producer.ProducerMetrics;
import io.millrace.producer.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Settles events: each leaves the pipeline here, once. Owned by the loop's thread. */
final class Deliveries implements Misrouted.Delivery {
    private final Settlements settlements;
    private final FlushEpochs flushes;
    private final Optional<SpillFeed> spill;
    private final ProducerMetrics metrics;
    private final DeliveryLog log;
    private final LongSupplier clock;
    private long left;

    Deliveries(
            Settlements settlements,
            FlushEpochs flushes,
            Optional<SpillFeed> spill,
            ProducerMetrics metrics,
            DeliveryLog log,
            LongSupplier clock) {
        this.settlements = settlements;
        this.flushes = flushes;
        this.spill = spill;
        this.metrics = metrics;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void delivered(Event event, PutOutcome.Delivered where) {
        SendResult result =
                new SendResult(where.shardId(), where.sequenceNumber(), event.attempts, SendResult.Whereabouts.STREAM);
        settlements.delivered(event, result);
        log.sent(1);
        leave(event);
    }

    void delivered(OutRecord record, PutOutcome.Delivered where) {
        long waited = clock.getAsLong() - record.events().get(0).acceptedAt;
        metrics.delivered(where.shardId(), record.events().size(), Duration.ofNanos(waited));
        record.events().forEach(event -> delivered(event, where));
    }

    void rejected(Event event, ProducerException cause) {
        settlements.rejected(event, cause);
        leave(event);
    }

    void expired(Event event, ProducerException cause) {
        settlements.expired(event, cause);
        leave(event);
    }

    /** Out of memory, and in the spill file. */
    void spilled(Event event) {
        settlements.spilled(event);
        forget(event);
    }

    /** Out of memory; where it came from, it is still. */
    void forget(Event event) {
        left++;
        flushes.leave(event);
    }

    private void leave(Event event) {
        spill.ifPresent(feed -> feed.settled(event, clock.getAsLong()));
        forget(event);
    }

    /** How many events have left the pipeline. */
    long left() {
        return left;
    }
}
