package io.millrace.producer;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What happens to accepted events: wait, share a request, be answered, be sent again or settled. Without a thread of its
 * own: the loop's thread calls it, tests do with a clock that they move.
 */
final class Pipeline {
    /** Longest sleep, so that deliveries are told and expired events found. */
    private static final long TICK_NANOS = 1_000_000_000;

    private final ProducerConfig config;
    private final KinesisPort kinesis;
    private final Consumer<Runnable> mailbox;
    private final LongSupplier clock;
    private final Settlements settlements;
    private final FlushEpochs flushes;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Collector collector;
    private final Replies replies;
    private final Shards shards;
    private final DeliveryLog log;

    private boolean closing;
    private final Set<List<OutRecord>> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());
    private long sweepAt;

    /**
     * @param mailbox runs what it is given on the loop's thread, later
     * @param clock nanoseconds since some moment, not negative
     */
    Pipeline(
            ProducerConfig config,
            KinesisPort kinesis,
            Consumer<Runnable> mailbox,
            Settlements settlements,
            LongSupplier clock,
            RandomGenerator random) {
        this.config = config;
        this.kinesis = kinesis;
        this.mailbox = mailbox;
        this.clock = clock;
        this.settlements = settlements;
        this.flushes = new FlushEpochs(settlements);
        this.log = new DeliveryLog(config.stream());
        this.deliveries = new Deliveries(settlements, flushes, log);
        this.lanes = new Lanes(config);
        this.collector = new Collector(config, new SinglePacker(), lanes);
        Misrouted misrouted = new Misrouted(deliveries);
        this.shards = new Shards(kinesis, mailbox, clock, lanes, misrouted, log);
        this.replies = new Replies(lanes, shards, misrouted, deliveries, log, new Backoff(random));
    }

    void accept(Event event) {
        flushes.enter(event);
        lanes.add(event, clock.getAsLong());
    }

    /** Sends all that was accepted so far without lingering; completes {@code done} when it is settled. */
    void flush(CompletableFuture<Void> done) {
        flushes.flush(done);
    }

    /** From now on nothing lingers. */
    void close() {
        closing = true;
    }

    /** Sends what is due; answers when it wants to be called again. */
    long turn() {
        long now = clock.getAsLong();
        shards.refreshWhereDue(now, inFlight.isEmpty());
        if (now >= sweepAt) {
            expire(now);
        }
        boolean force = closing || flushes.flushing();
        while (mayRequest(now)) {
            List<OutRecord> records = collector.collect(now, force);
            if (records.isEmpty()) {
                break;
            }
            request(records);
        }
        log.tick(now, closing);
        settlements.publish();
        return nextTurn(now, force);
    }

    private boolean mayRequest(long now) {
        int allowed = replies.endpointFails() ? 1 : config.maxInFlight();
        return inFlight.size() < allowed && replies.pausedUntil() <= now && shards.ready();
    }

    private void request(List<OutRecord> records) {
        inFlight.add(records);
        kinesis.put(records)
                .thenAccept(reply -> mailbox.accept(() -> {
                    if (inFlight.remove(records)) {
                        replies.take(records, reply, clock.getAsLong());
                    }
                }));
    }

    private long nextTurn(long now, boolean force) {
        long next = Math.min(now + TICK_NANOS, Math.min(sweepAt, shards.nextDue(inFlight.isEmpty())));
        if (inFlight.size() < (replies.endpointFails() ? 1 : config.maxInFlight()) && shards.ready()) {
            for (Lane lane : lanes.all()) {
                next = Math.min(next, Math.max(replies.pausedUntil(), lane.nextDue(now, force)));
            }
        }
        return next;
    }

    private void expire(long now) {
        sweepAt = now
                + Math.max(
                        1_000_000, Math.min(TICK_NANOS, config.deliveryTimeout().toNanos() / 10));
        lanes.removeOlderThan(now - config.deliveryTimeout().toNanos(), event -> {
            String problem = "not delivered within %s and %d requests; last problem: %s (PRODUCER_DELIVERY_TIMEOUT)"
                    .formatted(Units.format(config.deliveryTimeout()), event.attempts, replies.lastProblem());
            deliveries.expired(event, new DeliveryTimeoutException(problem));
        });
    }

    /** Gives up everything that is left, what is on its way too: whether Kinesis has that, is not known. */
    void abandon() {
        List<Event> left = lanes.removeAll();
        inFlight.forEach(request -> request.forEach(record -> left.addAll(record.events())));
        inFlight.clear();
        for (Event event : left) {
            deliveries.expired(event, new DeliveryTimeoutException("the producer closed before it was delivered"));
        }
        settlements.publish();
    }
}
