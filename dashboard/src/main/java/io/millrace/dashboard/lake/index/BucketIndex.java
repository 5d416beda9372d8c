package io.millrace.dashboard.lake.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The counts of one bucket, as a tree of its folders. Thread-safe. What {@link #totals} and {@link #folder} answer costs no
 * walk: each visit adds its difference to the totals of all folders above.
 */
public final class BucketIndex {

    /**
     * What is known of a bucket or a folder.
     *
     * @param atLeast whether there is more than was counted: not everything was visited yet, or a bound was reached
     * @param visitedAt when it was last looked at itself, in epoch milliseconds; 0 for never
     */
    public record Stats(Counts counts, boolean atLeast, long visitedAt) {}

    /**
     * One folder without folders in it.
     *
     * @param prefix the whole prefix
     * @param readObjects how many of its objects were read to their ends, and so have their events counted
     */
    public record Leaf(String prefix, Counts counts, int readObjects, long readEvents, long changedAt) {}

    private final Object lock;
    private final String bucket;
    private final NodeBudget budget;
    private final PrefixNode root;
    private int unvisited = 1;
    private int cutShort;
    private String error = "";

    /** @param lock guards this and all other indexes, for folders of several buckets wait in one queue */
    BucketIndex(Object lock, String bucket, NodeBudget budget, long now) {
        this.lock = lock;
        this.bucket = bucket;
        this.budget = budget;
        this.root = new PrefixNode(this, null, "", now);
        budget.take();
    }

    public String bucket() {
        return bucket;
    }

    public Stats totals() {
        synchronized (lock) {
            return new Stats(root.total, atLeast(), root.visitedAt);
        }
    }

    /** What is known of a folder, given with its slash; empty where it is not known (yet). */
    public Optional<Stats> folder(String prefix) {
        synchronized (lock) {
            return find(prefix).map(node -> new Stats(node.total, atLeast(), node.visitedAt));
        }
    }

    /** Why the last visit failed; empty where it did not. */
    public String error() {
        synchronized (lock) {
            return error;
        }
    }

    /** The names of the folders in a folder, each with its slash; none where the folder is not known. */
    public List<String> children(String prefix) {
        synchronized (lock) {
            return find(prefix)
                    .map(node -> List.copyOf(node.children().keySet()))
                    .orElse(List.of());
        }
    }

    /** Decides for each folder, before anything below it is looked at, whether to go there. */
    @FunctionalInterface
    public interface Choice {
        /** @param name the folder's own name, with its slash */
        boolean enter(String parentPrefix, String name, Counts total);
    }

    /** The folders that hold no folders, among those that the choice leads to. */
    public List<Leaf> leaves(Choice choice) {
        synchronized (lock) {
            List<Leaf> leaves = new ArrayList<>();
            collect(root, "", choice, leaves);
            return leaves;
        }
    }

    private void collect(PrefixNode node, String prefix, Choice choice, List<Leaf> leaves) {
        if (node.isLeaf()) {
            leaves.add(new Leaf(prefix, node.own, node.readObjects, node.readEvents, node.changedAt));
        }
        for (PrefixNode child : node.children().values()) {
            if (choice.enter(prefix, child.segment, child.total)) {
                collect(child, prefix + child.segment, choice, leaves);
            }
        }
    }

    /** Notes that an object was read to its end. The caller sees to it that each object is noted once. */
    void noteRead(String folder, long events) {
        synchronized (lock) {
            find(folder).ifPresent(node -> {
                node.readObjects++;
                node.readEvents += events;
            });
        }
    }

    /** Takes in what a visit found; returns the folders that are new. */
    List<PrefixNode> apply(PrefixNode node, FolderListing found, long now) {
        synchronized (lock) {
            if (node.removed) {
                return List.of();
            }
            error = "";
            boolean changed = !node.own.equals(found.own());
            node.addToTotals(found.own().minus(node.own));
            node.own = found.own();

            List<PrefixNode> added = new ArrayList<>();
            boolean full = false;
            for (String segment : found.children()) {
                if (!node.children().containsKey(segment)) {
                    if (!budget.take()) {
                        full = true;
                        break;
                    }
                    PrefixNode child = new PrefixNode(this, node, segment, now);
                    node.addChild(child);
                    unvisited++;
                    added.add(child);
                }
            }
            List<PrefixNode> vanished = node.children().values().stream()
                    .filter(child -> !found.cutShort() && !found.children().contains(child.segment))
                    .toList();
            vanished.forEach(this::remove);

            setCutShort(node, found.cutShort() || full);
            if (node.visitedAt == 0) {
                unvisited--;
                markChanged(node, found.newest());
            } else if (changed || !added.isEmpty() || !vanished.isEmpty()) {
                markChanged(node, now);
            }
            node.visitedAt = now;
            node.failures = 0;
            return added;
        }
    }

    void failed(PrefixNode node, String message) {
        synchronized (lock) {
            node.failures++;
            error = message;
        }
    }

    PrefixNode root() {
        return root;
    }

    Optional<PrefixNode> find(String prefix) {
        synchronized (lock) {
            PrefixNode node = root;
            int from = 0;
            while (node != null && from < prefix.length()) {
                int slash = prefix.indexOf('/', from);
                if (slash < 0) {
                    return Optional.empty();
                }
                node = node.children().get(prefix.substring(from, slash + 1));
                from = slash + 1;
            }
            return Optional.ofNullable(node);
        }
    }

    /** All folders, for a new reckoning of when each is due. */
    List<PrefixNode> nodes() {
        synchronized (lock) {
            List<PrefixNode> nodes = new ArrayList<>();
            Deque<PrefixNode> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                PrefixNode node = open.pop();
                nodes.add(node);
                open.addAll(node.children().values());
            }
            return nodes;
        }
    }

    /** The bucket is gone: its folders no longer count against the bound. */
    void discard() {
        synchronized (lock) {
            release(root);
        }
    }

    private boolean atLeast() {
        return unvisited > 0 || cutShort > 0;
    }

    private void remove(PrefixNode node) {
        node.parent.addToTotals(Counts.NONE.minus(node.total));
        node.parent.removeChild(node);
        release(node);
    }

    private void release(PrefixNode node) {
        node.removed = true;
        budget.giveBack();
        setCutShort(node, false);
        if (node.visitedAt == 0) {
            unvisited--;
        }
        node.children().values().forEach(this::release);
    }

    private void setCutShort(PrefixNode node, boolean value) {
        if (node.cutShort != value) {
            node.cutShort = value;
            cutShort += value ? 1 : -1;
        }
    }

    /** What changed once is likely to change again, and its neighbours with it. */
    private static void markChanged(PrefixNode node, long at) {
        for (PrefixNode n = node; n != null; n = n.parent) {
            n.changedAt = Math.max(n.changedAt, at);
        }
    }
}
