package io.millrace.dashboard.stream;

import io.millrace.dashboard.stream.TailSubscription.End;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads a stream from its end, once for all who watch it, so that any number of tails costs each shard a little more than
 * one read a second of the five that AWS allows. One thread reads; it ends with the last subscription.
 */
final class StreamTail implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(StreamTail.class);
    private static final long INTERVAL_MILLIS = 800;
    private static final int MAX_RECORDS = 5_000;

    /** So far behind, a tail is no longer live: it goes on from the stream's end. */
    private static final long MAX_BEHIND_MILLIS = 10_000;

    private final KinesisClient kinesis;
    private final ShardCatalog shards;
    private final String stream;
    private final Runnable onEnd;
    private final List<TailSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<String, String> iterators = new HashMap<>();
    private volatile boolean started;
    private volatile boolean stopped;

    /** @param onEnd called when the last subscription has left */
    StreamTail(KinesisClient kinesis, ShardCatalog shards, String stream, Runnable onEnd) {
        this.kinesis = kinesis;
        this.shards = shards;
        this.stream = stream;
        this.onEnd = onEnd;
    }

    String stream() {
        return stream;
    }

    TailSubscription join() {
        TailSubscription subscription = new TailSubscription(this);
        subscriptions.add(subscription);
        if (started) {
            subscription.started();
        }
        return subscription;
    }

    void leave(TailSubscription subscription) {
        subscriptions.remove(subscription);
        if (subscriptions.isEmpty()) {
            onEnd.run();
        }
    }

    /** The reader's thread ends after the round that it is in. */
    void stop() {
        stopped = true;
        subscriptions.forEach(subscription -> subscription.end(End.CLOSED));
    }

    int size() {
        return subscriptions.size();
    }

    /** Until stopped or interrupted. */
    @Override
    public void run() {
        try {
            openAll();
            while (!stopped) {
                long start = System.nanoTime();
                readAll();
                long spent = (System.nanoTime() - start) / 1_000_000;
                Thread.sleep(Math.max(1, INTERVAL_MILLIS - spent));
            }
        } catch (InterruptedException e) {
            // The last subscription has left, or the dashboard stops.
        } catch (ResourceNotFoundException e) {
            subscriptions.forEach(subscription -> subscription.end(End.STREAM_GONE));
        }
    }

    private void openAll() throws InterruptedException {
        while (!started && !stopped) {
            try {
                for (ShardInfo shard : shards.list(stream)) {
                    if (!shard.closed()) {
                        iterators.put(shard.shardId(), iterator(shard.shardId(), ShardIteratorType.LATEST));
                    }
                }
                started = true;
                subscriptions.forEach(TailSubscription::started);
            } catch (ResourceNotFoundException e) {
                throw e;
            } catch (SdkException e) {
                log.warn("The tail of {} cannot start yet: {}", stream, e.getMessage());
                Thread.sleep(INTERVAL_MILLIS);
            }
        }
    }

    private void readAll() {
        List<TailEvent> events = new ArrayList<>();
        for (String shardId : List.copyOf(iterators.keySet())) {
            try {
                read(shardId, events);
            } catch (ExpiredIteratorException e) {
                iterators.put(shardId, iterator(shardId, ShardIteratorType.LATEST));
            } catch (ResourceNotFoundException e) {
                throw e;
            } catch (SdkException e) {
                // Throttled, or AWS is away: the next round tries again from the same place.
                log.debug("Shard {} of {} was not read: {}", shardId, stream, e.getMessage());
            }
        }
        if (!events.isEmpty()) {
            subscriptions.forEach(subscription -> subscription.offer(events));
        }
    }

    private void read(String shardId, List<TailEvent> events) {
        String iterator = iterators.get(shardId);
        GetRecordsResponse response =
                kinesis.getRecords(r -> r.shardIterator(iterator).limit(MAX_RECORDS));
        response.records().stream()
                .flatMap(record -> Deaggregator.parts(record).stream())
                .forEach(part -> part.addEvents(shardId, events));
        if (response.nextShardIterator() == null) {
            // The shard was split or merged, and is read to its end.
            iterators.remove(shardId);
            for (ChildShard child : response.childShards()) {
                iterators.computeIfAbsent(child.shardId(), id -> iterator(id, ShardIteratorType.TRIM_HORIZON));
            }
        } else if (response.millisBehindLatest() > MAX_BEHIND_MILLIS) {
            iterators.put(shardId, iterator(shardId, ShardIteratorType.LATEST));
            subscriptions.forEach(TailSubscription::skipped);
        } else {
            iterators.put(shardId, response.nextShardIterator());
        }
    }

    private String iterator(String shardId, ShardIteratorType type) {
        return kinesis.getShardIterator(
                        r -> r.streamName(stream).shardId(shardId).shardIteratorType(type))
                .shardIterator();
    }
}
