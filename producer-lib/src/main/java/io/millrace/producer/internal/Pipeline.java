package io.millrace.producer.internal;

import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerMetrics;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
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
    /** Longest sleep, so that deliveries are told and spilled events found. */
    private static final long TICK_NANOS = 1_000_000_000;

    private final ProducerConfig config;
    private final KinesisPort kinesis;
    private final Consumer<Runnable> mailbox;
    private final LongSupplier clock;
    private final ProducerMetrics metrics;
    private final Optional<SpillFeed> spill;
    private final Settlements settlements;
    private final FlushEpochs flushes;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Collector collector;
    private final Replies replies;
    private final Shards shards;
    private final Misrouted misrouted;
    private final Expiry expiry;
    private final DeliveryLog log;
    private final Set<List<OutRecord>> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());

    private long entered;
    private boolean closing;

    /**
     * @param mailbox runs what it is given on the loop's thread, later
     * @param clock nanoseconds since some moment, not negative
     */
    Pipeline(
            ProducerConfig config,
            KinesisPort kinesis,
            Consumer<Runnable> mailbox,
            Settlements settlements,
            Optional<SpillFeed> spill,
            ProducerMetrics metrics,
            LongSupplier clock,
            RandomGenerator random) {
        this.config = config;
        this.kinesis = kinesis;
        this.mailbox = mailbox;
        this.clock = clock;
        this.metrics = metrics;
        this.spill = spill;
        this.settlements = settlements;
        this.flushes = new FlushEpochs(settlements);
        this.log = new DeliveryLog(config.stream());
        this.deliveries = new Deliveries(settlements, flushes, spill, metrics, log, clock);
        this.lanes = new Lanes(config);
        this.collector = new Collector(config, Packer.of(config), lanes);
        this.misrouted = new Misrouted(deliveries);
        this.shards = new Shards(kinesis, mailbox, clock, lanes, misrouted, log);
        this.replies = new Replies(lanes, shards, misrouted, deliveries, metrics, log, new Backoff(random));
        this.expiry = new Expiry(config.deliveryTimeout(), lanes, deliveries, spill);
    }

    void accept(Event event) {
        entered++;
        flushes.enter(event);
        lanes.add(event, clock.getAsLong());
    }

    /** Sends all that was accepted so far without lingering; completes {@code done} when it is settled. */
    void flush(CompletableFuture<Void> done) {
        if (spill.isEmpty()) {
            flushes.flush(done);
            return;
        }
        CompletableFuture<Void> memory = new CompletableFuture<>();
        CompletableFuture<Void> file = new CompletableFuture<>();
        flushes.flush(memory);
        spill.get().whenEmpty(file);
        var unused = memory.runAfterBoth(file, () -> done.complete(null));
    }

    /** From now on nothing lingers. */
    void close() {
        closing = true;
    }

    /** Sends what is due; answers when it wants to be called again. */
    long turn() {
        long now = clock.getAsLong();
        shards.refreshWhereDue(now, inFlight.isEmpty());
        expiry.sweepWhereDue(now, replies.lastProblem());
        if (entered == deliveries.left()) {
            spill.ifPresent(feed -> feed.next(now).forEach(this::accept));
        }
        boolean force =
                closing || flushes.flushing() || spill.map(SpillFeed::active).orElse(false);
        while (mayRequest() && replies.pausedUntil() <= now) {
            List<OutRecord> records = collector.collect(now, force);
            if (records.isEmpty()) {
                break;
            }
            request(records, now);
        }
        log.tick(now, closing && entered == deliveries.left());
        settlements.publish();
        return nextTurn(now, force);
    }

    /** While requests fail as a whole, one at a time probes. */
    private boolean mayRequest() {
        return inFlight.size() < (replies.endpointFails() ? 1 : config.maxInFlight()) && shards.ready();
    }

    private void request(List<OutRecord> records, long now) {
        inFlight.add(records);
        kinesis.put(records)
                .thenAccept(reply -> mailbox.accept(() -> {
                    long then = clock.getAsLong();
                    metrics.request(
                            records.size(),
                            records.stream().mapToLong(OutRecord::size).sum(),
                            Duration.ofNanos(then - now));
                    if (inFlight.remove(records)) {
                        replies.take(records, reply, then);
                    }
                }));
    }

    private long nextTurn(long now, boolean force) {
        long next = Math.min(now + TICK_NANOS, Math.min(expiry.nextSweep(), shards.nextDue(inFlight.isEmpty())));
        if (mayRequest()) {
            for (Lane lane : lanes.all()) {
                next = Math.min(next, Math.max(replies.pausedUntil(), lane.nextDue(now, force)));
            }
        }
        boolean feed =
                entered == deliveries.left() && spill.map(f -> f.mayFeed(now)).orElse(false);
        return feed ? now : next;
    }

    /** Gives up everything that is left, what is on its way too: whether Kinesis has that, is not known. */
    void abandon() {
        List<Event> left = lanes.removeAll();
        inFlight.forEach(request -> request.forEach(record -> left.addAll(record.events())));
        inFlight.clear();
        left.addAll(misrouted.removeAll());
        expiry.giveUp(left, clock.getAsLong());
        settlements.publish();
    }
}
