package io.millrace.dashboard.lake.index;

import java.util.HashMap;
import java.util.Map;

/**
 * One folder of a bucket, and what its last visit found. Its tree grows by one of these for each folder, so it is kept
 * small: about 150 bytes. Guarded by the lock of the {@link Indexer}.
 */
final class PrefixNode {

    static final long VISITING = Long.MAX_VALUE;

    final BucketIndex index;
    final PrefixNode parent;
    /** The last part of the prefix with its slash; empty for the bucket itself. */
    final String segment;

    private Map<String, PrefixNode> children = Map.of();

    /** Directly in this folder. */
    Counts own = Counts.NONE;
    /** In this folder and all below it. */
    Counts total = Counts.NONE;

    /** Where the listing was given up: there is more than was counted. */
    boolean cutShort;

    boolean removed;
    long createdAt;
    long visitedAt;
    /** When something in it last changed, as far as is known: at first, when its newest object was written; 0 for never. */
    long changedAt;
    /** When it is to be visited next; an entry of the queue with another time is void. {@link #VISITING} meanwhile. */
    long dueAt;

    int visitMillis;
    int failures;

    /** Of this folder's objects, those that were read to the end, and the events in them. */
    int readObjects;

    long readEvents;

    PrefixNode(BucketIndex index, PrefixNode parent, String segment, long now) {
        this.index = index;
        this.parent = parent;
        this.segment = segment;
        this.createdAt = now;
        this.dueAt = now;
    }

    Map<String, PrefixNode> children() {
        return children;
    }

    void addChild(PrefixNode child) {
        if (children.isEmpty()) {
            children = new HashMap<>(4);
        }
        children.put(child.segment, child);
    }

    void removeChild(PrefixNode child) {
        children.remove(child.segment);
    }

    /** The whole key prefix. */
    String prefix() {
        return parent == null ? segment : parent.prefix() + segment;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** Adds to this folder's total and to that of all above it. */
    void addToTotals(Counts difference) {
        for (PrefixNode node = this; node != null; node = node.parent) {
            node.total = node.total.plus(difference);
        }
    }
}
