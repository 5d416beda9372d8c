package io.millrace.consumer.shard;

import io.millrace.consumer.commit.CommitPlan;
import io.millrace.consumer.commit.PendingCommit;
import io.millrace.consumer.record.Position;
import io.millrace.consumer.shard.Fault.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What outlives every process of the simulation: the lease table, the bucket, and the faults still to come. */
final class World {

    /** Far more effects than any run needs: a pipeline that goes on beyond is one that never comes to an end. */
    private static final int MOST_EFFECTS = 20_000;

    final List<TestRecord> records;
    private final Set<String> keys = new HashSet<>();
    /** The bucket's content, read back object by object. */
    final Lake lake = new Lake();

    final List<String> effects = new ArrayList<>();
    final Deque<Fault> faults;
    /** What must not happen, noted here because the pipeline lets no exception through. */
    final List<String> violations = new ArrayList<>();

    private int untilFault;
    private int steps;

    /** Who holds the lease, counted up with each owner. */
    int owner;

    Optional<Position> checkpoint = Optional.empty();
    private Position pendingLast;
    private byte[] pendingState;
    /** The owner that prepared last, so that puts can be held to come after. */
    private int preparedBy = -1;

    boolean shardEnded;

    /** Lets another worker take the lease and run. */
    Runnable stealer = () -> {};

    World(List<TestRecord> records, List<Fault> faults) {
        this.records = records;
        this.faults = new ArrayDeque<>(faults);
        this.untilFault = faults.isEmpty() ? 0 : faults.get(0).gap();
    }

    /** Ends a run that would not end; an error of its own kind, so that nobody retries it. */
    static final class Endless extends AssertionError {
        private static final long serialVersionUID = 1L;

        Endless(String message) {
            super(message);
        }
    }

    Optional<PendingCommit> pending() {
        return Optional.ofNullable(pendingLast).map(last -> new PendingCommit(last, CommitPlan.decode(pendingState)));
    }

    void prepare(int by, Position last, CommitPlan plan) {
        effects.add(by + " prepare " + last);
        pendingLast = last;
        pendingState = plan.encode();
        preparedBy = by;
    }

    /** @return whether it was stored; false where it was there */
    boolean put(int by, String key, byte[] content) {
        boolean isNew = keys.add(key);
        if (isNew) {
            lake.read(key, content);
        }
        effects.add(by + (isNew ? " put " : " put again ") + key);
        if (owner == by && (preparedBy != by || pendingLast == null)) {
            violations.add("put before prepare");
        }
        return isNew;
    }

    void checkpoint(int by, Position last) {
        effects.add(by + " checkpoint " + last);
        if (checkpoint.equals(Optional.of(last))) {
            return; // again, because the answer was lost
        }
        if (!last.equals(pendingLast) || preparedBy != by) {
            violations.add("a checkpoint that was not prepared");
        }
        try {
            lake.assertHolds(records, checkpoint, last);
        } catch (AssertionError e) {
            violations.add("a checkpoint before all was written: " + e.getMessage());
        }
        checkpoint = Optional.of(last);
        pendingLast = null;
        pendingState = null;
    }

    /** The fault that is due at this effect, if one is. */
    Optional<Kind> nextFault() {
        if (++steps > MOST_EFFECTS) {
            throw new Endless("no end after " + MOST_EFFECTS + " effects; the last: "
                    + effects.subList(Math.max(0, effects.size() - 5), effects.size()));
        }
        if (faults.isEmpty() || untilFault-- > 0) {
            return Optional.empty();
        }
        Kind kind = faults.remove().kind();
        untilFault = faults.isEmpty() ? 0 : faults.peek().gap();
        return Optional.of(kind);
    }
}
