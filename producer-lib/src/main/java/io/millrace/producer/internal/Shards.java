package io.millrace.producer.internal;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps the shard map fresh: at the start, once a minute, and whenever a record lands in another shard than predicted. A
 * new map takes effect when nothing is on its way, so that order survives resharding. Owned by the loop's thread.
 */
final class Shards {
    private static final long REFRESH_NANOS = 60_000_000_000L;
    private static final long SOON_NANOS = 1_000_000_000L;

    private final KinesisPort kinesis;
    private final Consumer<Runnable> mailbox;
    private final LongSupplier clock;
    private final Lanes lanes;
    private final Misrouted misrouted;
    private final DeliveryLog log;

    private ShardMap waiting;
    private boolean ready;
    private boolean loading;
    private long refreshAt;
    private long loadedAt = -SOON_NANOS;

    Shards(
            KinesisPort kinesis,
            Consumer<Runnable> mailbox,
            LongSupplier clock,
            Lanes lanes,
            Misrouted misrouted,
            DeliveryLog log) {
        this.kinesis = kinesis;
        this.mailbox = mailbox;
        this.clock = clock;
        this.lanes = lanes;
        this.misrouted = misrouted;
        this.log = log;
    }

    /** Whether requests may be made: the shards were asked for, the stream exists, and no new map waits to take effect. */
    boolean ready() {
        return ready && waiting == null;
    }

    /** The map no longer tells the truth. */
    void suspect(long now) {
        refreshAt = Math.min(refreshAt, Math.max(now, loadedAt + SOON_NANOS));
    }

    /** The stream is gone; nothing is sent until it is there again. */
    void streamMissing(long now) {
        ready = false;
        suspect(now);
    }

    void refreshWhereDue(long now, boolean idle) {
        if (waiting != null && idle) {
            // While it waited, records may have landed in shards that are newer still.
            if (misrouted.covers(waiting, now)) {
                lanes.layOut(waiting, misrouted.resolve(waiting), now);
            } else {
                suspect(now);
            }
            waiting = null;
        }
        if (now >= refreshAt && !loading) {
            loading = true;
            kinesis.listShards().whenComplete((shards, failure) -> mailbox.accept(() -> loaded(shards, failure)));
        }
    }

    private void loaded(List<ShardRange> shards, Throwable failure) {
        long now = clock.getAsLong();
        loading = false;
        loadedAt = now;
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            log.shardsUnknown(now, cause);
            // Where the shards may not be listed, records are sent all the same: Kinesis routes them.
            ready = !(cause instanceof StreamMissingException);
            refreshAt = now + (ready ? 10 * SOON_NANOS : SOON_NANOS);
            return;
        }
        ShardMap map = new ShardMap(shards);
        ready = true;
        if (!misrouted.covers(map, now)) {
            refreshAt = now + SOON_NANOS;
            return;
        }
        refreshAt = now + REFRESH_NANOS;
        if (!misrouted.isEmpty() || !map.sameOpenShards(lanes.map())) {
            log.shards(map.openShards());
            waiting = map;
        }
    }

    long nextDue(boolean idle) {
        if (waiting != null && idle) {
            return 0;
        }
        return loading ? Lane.NEVER : refreshAt;
    }
}
