package io.millrace.localaws.kinesis;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A stream's registered consumers, by name. Thread-safe. */
final class StreamConsumers {

    private final TreeMap<String, StreamConsumer> byName = new TreeMap<>();

    synchronized List<StreamConsumer> all(long nowMillis) {
        byName.values().removeIf(consumer -> consumer.isGone(nowMillis));
        return List.copyOf(byName.values());
    }

    Optional<StreamConsumer> find(String name, long nowMillis) {
        return all(nowMillis).stream()
                .filter(consumer -> consumer.name().equals(name))
                .findFirst();
    }

    /** Adds a consumer, unless a limit or its name's being taken is against it. */
    synchronized void add(StreamConsumer consumer, long nowMillis) {
        List<StreamConsumer> all = all(nowMillis);
        if (byName.containsKey(consumer.name())) {
            throw ApiException.inUse("Consumer " + consumer.name() + " already exists: " + consumer.arn() + ".");
        }
        if (all.size() >= Limits.CONSUMERS) {
            throw ApiException.limitExceeded("A stream has at most " + Limits.CONSUMERS + " consumers.");
        }
        long creating = all.stream()
                .filter(other -> other.status(nowMillis) == StreamStatus.CREATING)
                .count();
        if (creating >= Limits.CONSUMERS_CREATING) {
            throw ApiException.limitExceeded(
                    "Not more than " + Limits.CONSUMERS_CREATING + " consumers of a stream can be CREATING at a time.");
        }
        byName.put(consumer.name(), consumer);
    }

    synchronized void deregisterAll(long nowMillis) {
        byName.values().forEach(consumer -> consumer.deregister(nowMillis));
    }
}
