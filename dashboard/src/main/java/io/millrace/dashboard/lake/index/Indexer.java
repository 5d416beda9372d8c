package io.millrace.dashboard.lake.index;

import io.millrace.aws.AwsErrors;
import io.millrace.dashboard.lake.ObjectStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Keeps the counts of all buckets. It decides which folder is looked at next; {@link IndexerThreads} gives it the threads.
 * Thread-safe.
 */
public final class Indexer {

    /** At about 250 bytes a folder, 75 MB; beyond it, counts say "more than". */
    public static final int MAX_FOLDERS = 300_000;

    /** How long after the last request somebody is still taken to be watching. */
    static final long WATCH_MILLIS = 60_000;

    /** A folder that a reader opens is looked at again at once, but not more often than this. */
    static final long TOUCH_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(Indexer.class);

    private final Object lock = new Object();
    private final Map<String, BucketIndex> buckets = new HashMap<>();
    private final VisitQueue firstVisits = new VisitQueue();
    private final VisitQueue revisits = new VisitQueue();
    private final NodeBudget budget;
    private final FolderVisit visit;
    private final RevisitPolicy policy;
    private final InstantSource clock;
    private long revisitsFreeAt;
    private long watchedAt = -WATCH_MILLIS;

    /** @param smallBytes size below which an object counts as small */
    public Indexer(ObjectStore store, int listsPerSecond, long smallBytes, int maxFolders, InstantSource clock) {
        this.visit = new FolderVisit(store, smallBytes);
        this.policy = new RevisitPolicy(listsPerSecond);
        this.budget = new NodeBudget(maxFolders);
        this.clock = clock;
    }

    /** Tells which buckets there are: new ones are looked into, and what is known of others is dropped. */
    public void setBuckets(List<String> names) {
        synchronized (lock) {
            for (String gone : new HashSet<>(buckets.keySet())) {
                if (!names.contains(gone)) {
                    buckets.remove(gone).discard();
                }
            }
            for (String name : names) {
                if (!buckets.containsKey(name)) {
                    BucketIndex index = new BucketIndex(lock, name, budget, clock.millis());
                    buckets.put(name, index);
                    firstVisits.schedule(index.root(), clock.millis());
                }
            }
            lock.notifyAll();
        }
    }

    public Optional<BucketIndex> bucket(String name) {
        synchronized (lock) {
            return Optional.ofNullable(buckets.get(name));
        }
    }

    /** How many folders are known, over all buckets. */
    public int folders() {
        synchronized (lock) {
            return budget.used();
        }
    }

    /** Somebody reads what is counted here: for a minute, changes are looked for more often. */
    public void watch() {
        synchronized (lock) {
            boolean wasWatched = isWatched();
            watchedAt = clock.millis();
            if (!wasWatched) {
                buckets.values().forEach(index -> index.nodes().forEach(this::bringForward));
                lock.notifyAll();
            }
        }
    }

    /** Somebody opened a folder: it is looked at soon. */
    public void touch(String bucket, String prefix) {
        synchronized (lock) {
            bucket(bucket).flatMap(index -> index.find(prefix)).ifPresent(node -> {
                long due = Math.max(clock.millis(), node.visitedAt + TOUCH_MILLIS);
                if (node.visitedAt > 0 && node.dueAt != PrefixNode.VISITING && due < node.dueAt) {
                    revisits.schedule(node, due);
                    lock.notifyAll();
                }
            });
        }
    }

    /** Notes how many events an object holds; the caller notes each object once. */
    public void noteRead(String bucket, String key, long events) {
        bucket(bucket).ifPresent(index -> index.noteRead(key.substring(0, key.lastIndexOf('/') + 1), events));
    }

    /** Looks at the folder that is due first, if one is; false where none is. */
    public boolean visitOne() {
        PrefixNode node = take();
        if (node == null) {
            return false;
        }
        long start = clock.millis();
        String prefix;
        synchronized (lock) {
            prefix = node.prefix();
        }
        List<PrefixNode> added = new ArrayList<>();
        try {
            FolderListing found = visit.list(node.index.bucket(), prefix);
            added.addAll(node.index.apply(node, found, clock.millis()));
        } catch (SdkException e) {
            node.index.failed(node, AwsErrors.message(e));
        } catch (RuntimeException e) {
            log.error("The visit to {}/{} failed", node.index.bucket(), prefix, e);
            node.index.failed(node, e.toString());
        }
        reschedule(node, added, start);
        return true;
    }

    /** Waits until a folder is due, or for {@code maxMillis}. */
    void await(long maxMillis) throws InterruptedException {
        synchronized (lock) {
            long end = clock.millis() + maxMillis;
            long wait = Math.min(end, nextDue()) - clock.millis();
            while (wait > 0) {
                lock.wait(wait);
                wait = Math.min(end, nextDue()) - clock.millis();
            }
        }
    }

    private PrefixNode take() {
        synchronized (lock) {
            long now = clock.millis();
            PrefixNode first = firstVisits.peek();
            if (first != null && first.dueAt <= now) {
                firstVisits.removeFirst();
                first.dueAt = PrefixNode.VISITING;
                return first;
            }
            PrefixNode again = revisits.peek();
            if (again == null || Math.max(again.dueAt, revisitsFreeAt) > now) {
                return null;
            }
            revisits.removeFirst();
            again.dueAt = PrefixNode.VISITING;
            revisitsFreeAt = now + 1000L / policy.listsPerSecond();
            return again;
        }
    }

    private void reschedule(PrefixNode node, List<PrefixNode> added, long start) {
        synchronized (lock) {
            long now = clock.millis();
            node.visitMillis = (int) (now - start);
            added.forEach(child -> firstVisits.schedule(child, now));
            if (!node.removed) {
                long due = now + policy.interval(node, now, isWatched(), budget.used());
                (node.visitedAt == 0 ? firstVisits : revisits).schedule(node, due);
            }
            revisits.compact(budget.used());
            lock.notifyAll();
        }
    }

    private void bringForward(PrefixNode node) {
        if (node.visitedAt == 0 || node.dueAt == PrefixNode.VISITING) {
            return;
        }
        long due = node.visitedAt + policy.interval(node, clock.millis(), true, budget.used());
        if (due < node.dueAt) {
            revisits.schedule(node, due);
        }
    }

    private long nextDue() {
        PrefixNode first = firstVisits.peek();
        PrefixNode again = revisits.peek();
        long due = first == null ? Long.MAX_VALUE : first.dueAt;
        return again == null ? due : Math.min(due, Math.max(again.dueAt, revisitsFreeAt));
    }

    private boolean isWatched() {
        return clock.millis() - watchedAt < WATCH_MILLIS;
    }
}
