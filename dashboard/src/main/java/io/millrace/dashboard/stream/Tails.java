package io.millrace.dashboard.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** All live tails: at most so many at a time, and one reading thread for each stream that is watched. Thread-safe. */
public final class Tails implements AutoCloseable {

    private record Reading(StreamTail tail, Thread thread) {}

    private final KinesisClient kinesis;
    private final ShardCatalog shards;
    private final int maxTails;
    private final Map<String, Reading> byStream = new HashMap<>();
    private boolean closed;

    public Tails(KinesisClient kinesis, ShardCatalog shards, int maxTails) {
        this.kinesis = kinesis;
        this.shards = shards;
        this.maxTails = maxTails;
    }

    /** Starts to watch a stream's end; empty where there are too many tails already. The caller closes it. */
    public synchronized Optional<TailSubscription> open(String stream) {
        if (closed || count() >= maxTails) {
            return Optional.empty();
        }
        Reading reading = byStream.computeIfAbsent(stream, this::start);
        return Optional.of(reading.tail().join());
    }

    /** How many there are now. */
    public synchronized int count() {
        return byStream.values().stream()
                .mapToInt(reading -> reading.tail().size())
                .sum();
    }

    public int maxTails() {
        return maxTails;
    }

    private Reading start(String stream) {
        StreamTail tail = new StreamTail(kinesis, shards, stream, () -> stopUnused(stream));
        Thread thread = new Thread(tail, "dashboard-tail-" + stream);
        thread.setDaemon(true);
        thread.start();
        return new Reading(tail, thread);
    }

    private synchronized void stopUnused(String stream) {
        Reading reading = byStream.get(stream);
        if (reading != null && reading.tail().size() == 0) {
            byStream.remove(stream);
            reading.tail().stop();
            reading.thread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Reading reading : byStream.values()) {
            reading.tail().stop();
            reading.thread().interrupt();
        }
        byStream.clear();
    }
}
