package io.millrace.producer;

/** Settles events: each leaves the pipeline here, once. Owned by the loop's thread. */
final class Deliveries implements Misrouted.Delivery {
    private final Settlements settlements;
    private final FlushEpochs flushes;
    private final DeliveryLog log;

    Deliveries(Settlements settlements, FlushEpochs flushes, DeliveryLog log) {
        this.settlements = settlements;
        this.flushes = flushes;
        this.log = log;
    }

    @Override
    public void delivered(Event event, PutOutcome.Delivered where) {
        log.sent(1);
        settlements.delivered(
                event,
                new SendResult(where.shardId(), where.sequenceNumber(), event.attempts, SendResult.Whereabouts.STREAM));
        flushes.leave(event);
    }

    void rejected(Event event, ProducerException cause) {
        settlements.rejected(event, cause);
        flushes.leave(event);
    }

    void expired(Event event, ProducerException cause) {
        settlements.expired(event, cause);
        flushes.leave(event);
    }
}
