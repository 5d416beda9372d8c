package io.millrace.localaws.dynamodb;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** What items were before they were written, for a while and up to a number of writes. Thread-safe. */
final class ItemHistory {

    /** So much is only for a test that writes without end. */
    private static final int MOST_WRITES = 20_000;

    /** Where an item is: its table, and the attributes of its key. */
    record Place(String table, Map<String, AttributeValue> key) {}

    /** An item as it was until then; without attributes where there was none. */
    private record Version(Place place, Map<String, AttributeValue> item, Instant until) {}

    private final Duration kept;
    private final InstantSource clock;
    private final Deque<Version> versions = new ArrayDeque<>();

    ItemHistory(Duration kept, InstantSource clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /** Keeps what an item is, for it is about to be written; without attributes where there is none. */
    synchronized void keep(Place place, Map<String, AttributeValue> item) {
        Instant now = clock.instant();
        versions.addLast(new Version(place, item, now));
        while (versions.size() > MOST_WRITES
                || versions.getFirst().until().plus(kept).isBefore(now)) {
            versions.removeFirst();
        }
    }

    synchronized void clear() {
        versions.clear();
    }

    /** The item as it was so long ago, without attributes where there was none; empty where nobody has written it since. */
    synchronized Optional<Map<String, AttributeValue>> before(Place place, Duration age) {
        Instant then = clock.instant().minus(age);
        return versions.stream()
                .filter(version ->
                        version.until().isAfter(then) && version.place().equals(place))
                .findFirst()
                .map(Version::item);
    }
}
