package io.millrace.dashboard.lake.index;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Folders by the time when they are to be visited. Not thread-safe: its {@link Indexer} guards it. */
final class VisitQueue {

    private record Entry(long dueAt, long order, PrefixNode node) {
        boolean isVoid() {
            return node.removed || node.dueAt != dueAt;
        }
    }

    private static final Comparator<Entry> SOONEST =
            Comparator.comparingLong(Entry::dueAt).thenComparingLong(Entry::order);

    private static final int MIN_COMPACT = 1000;

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(SOONEST);
    private long order;

    /** Sets when the folder is due; an earlier word on that is void. */
    void schedule(PrefixNode node, long dueAt) {
        node.dueAt = dueAt;
        entries.add(new Entry(dueAt, order++, node));
    }

    /** The folder that is due first, still in the queue; null where there is none. */
    PrefixNode peek() {
        while (!entries.isEmpty() && entries.peek().isVoid()) {
            entries.remove();
        }
        return entries.isEmpty() ? null : entries.peek().node();
    }

    void removeFirst() {
        entries.remove();
    }

    /** Drops void entries where they are more than half; {@code folders} is how many entries can be good. */
    void compact(int folders) {
        if (entries.size() > 2 * folders + MIN_COMPACT) {
            entries.removeIf(Entry::isVoid);
        }
    }
}
