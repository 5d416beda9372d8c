package io.millrace.producer.internal;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Events that leave one after the other: those of a partition key, or of a shard. Where order is kept, a slot has one
 * record on its way at a time. Owned by the loop's thread.
 */
final class Slot {
    /** Partition key or shard id; null for events that come back alone to be sent again. */
    final String id;

    final Lane lane;
    /** Small at first: with many partition keys most slots hold a single event. */
    final ArrayDeque<Event> queue = new ArrayDeque<>(1);

    private long bytes;

    /** Whether a record is on its way that nothing may overtake. */
    boolean busy;

    /** Whether it is in its lane's queue of slots to be served. */
    boolean ready;

    /** Not before this time may its events be sent again. */
    long notBefore;

    Slot(String id, Lane lane) {
        this.id = id;
        this.lane = lane;
    }

    void add(Event event) {
        queue.addLast(event);
        bytes += event.size();
        lane.queued(1, event.size());
    }

    Event take() {
        Event event = queue.removeFirst();
        bytes -= event.size();
        lane.queued(-1, -event.size());
        return event;
    }

    /**
     * Takes out the first events that are wanted. What came from the spill file stays there too and is read first after a
     * restart, so others may be taken from behind it.
     */
    void takeInto(List<Event> taken, Predicate<Event> wanted) {
        for (Iterator<Event> waiting = queue.iterator(); waiting.hasNext(); ) {
            Event event = waiting.next();
            if (wanted.test(event)) {
                waiting.remove();
                bytes -= event.size();
                lane.queued(-1, -event.size());
                taken.add(event);
            } else if (!event.fromSpill) {
                return;
            }
        }
    }

    /** Puts events back before all others, in their order. */
    void putBack(List<Event> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i);
            queue.addFirst(event);
            bytes += event.size();
            lane.queued(1, event.size());
        }
    }

    long bytes() {
        return bytes;
    }
}
