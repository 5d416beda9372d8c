package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.shard.Fault.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What outlives every process of the simulation: the lease table, the buckets, and the faults still to come. */
final class World {

    /** Far more effects than any run needs: a pipeline that goes on beyond is one that never comes to an end. */
    private static final int MOST_EFFECTS = 20_000;

    final List<TestRecord> records;
    final int start;
    /** Where a process begins that finds no checkpoint: the same for each, for the time of the first start is kept. */
    final int firstRead;

    private final Map<String, Integer> copies = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    /** Objects of the commit that is under way, which nobody may merge. */
    private final Set<String> uncommitted = new HashSet<>();
    /** Objects that were merged, with the freeze after which it was done. */
    private final Map<String, Integer> merged = new HashMap<>();

    /** One for all machines. */
    final MovedClock clock = new MovedClock();
    /** How many there were. */
    int freezes;

    /** All buckets' content, read back object by object. */
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

    World(List<TestRecord> records, int start, int firstRead, List<Fault> faults) {
        this.records = records;
        this.start = start;
        this.firstRead = firstRead;
        records.forEach(record -> record.lines().forEach(line -> copies.merge(line, 1, Integer::sum)));
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
        return Optional.ofNullable(pendingLast)
                .map(last -> new PendingCommit(last, CommitPlan.decode(pendingState, "configured now")));
    }

    void prepare(int by, Position last, CommitPlan plan) {
        effects.add(by + " prepare " + last);
        pendingLast = last;
        pendingState = plan.encode();
        preparedBy = by;
    }

    /** The caller stands still meanwhile. */
    void freeze() {
        int now = ++freezes;
        clock.move(Duration.ofSeconds(20));
        stealer.run();
        keys.stream().filter(key -> !uncommitted.contains(key)).forEach(key -> merged.putIfAbsent(key, now));
    }

    /**
     * Puts an object. One that was merged is written again, which only a put may do that had begun before.
     *
     * @param begun how many freezes there had been then
     * @return whether it was stored; false where it was there
     */
    boolean put(int by, String bucket, String key, byte[] content, int begun) {
        String path = bucket + "/" + key;
        uncommitted.add(path);
        if (merged.containsKey(path)) {
            effects.add(by + " put merged " + key);
            if (begun >= merged.get(path)) {
                violations.add("a put of what had been merged before it began");
            }
            return true;
        }
        boolean isNew = keys.add(path);
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
            assertHolds(checkpoint, last);
        } catch (AssertionError e) {
            violations.add("a checkpoint before all was written: " + e.getMessage());
        }
        checkpoint = Optional.of(last);
        uncommitted.clear();
        pendingLast = null;
        pendingState = null;
    }

    /**
     * Every piece of the records after {@code from} up to {@code to} is in the lake: once, or where its producer put it
     * again, at most as often. What lies before the start may be there or not.
     */
    void assertHolds(Optional<Position> from, Position to) {
        for (int i = 0; i < records.size(); i++) {
            TestRecord record = records.get(i);
            if (from.isPresent() && !record.position().isAfter(from.get())) {
                continue;
            }
            if (record.position().isAfter(to)) {
                return;
            }
            for (String line : record.lines()) {
                assertBetween(i < start ? 0 : 1, copies.get(line), lake.count(line), line);
            }
            assertBetween(
                    i < start ? 0 : record.deadLetters(),
                    record.deadLetters(),
                    lake.deadLetters(record.position()),
                    "dead letters of " + record.position());
        }
    }

    private static void assertBetween(int least, int most, int count, String what) {
        if (count < least || count > most) {
            throw new AssertionError(count + " times in the lake, not " + least + " to " + most + ": " + what);
        }
    }

    /** Nothing is in the lake but the records' pieces. */
    void assertHoldsNothingElse() {
        Set<String> strange = lake.lines();
        strange.removeAll(copies.keySet());
        assertEquals(Set.of(), strange);
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
