package io.millrace.localaws.fault;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The rules in force. Thread-safe.
 *
 * <p>Chance is seeded: the same calls in the same order meet the same faults.
 */
public final class Faults {

    /** More would only be a test that forgets to clear. */
    private static final int MAX_RULES = 1_000;

    /** A rule as listed: {@code hits} counts the calls (or entries) that went wrong by it. */
    public record Listed(long id, Fault fault, int hits) {}

    private final InstantSource clock;
    private final Random random;
    private final List<ActiveFault> active = new ArrayList<>();
    private long lastId;

    /** Read without the lock, so that calls pay nothing while there are no rules. */
    private volatile boolean isEmpty = true;

    public Faults(long seed, InstantSource clock) {
        this.clock = clock;
        this.random = new Random(seed);
    }

    /** Puts a rule in force and returns its id. */
    public synchronized long add(Fault fault) {
        if (active.size() == MAX_RULES) {
            throw new IllegalStateException("there are " + MAX_RULES + " faults already: clear some");
        }
        active.add(new ActiveFault(++lastId, fault, clock.instant()));
        isEmpty = false;
        return lastId;
    }

    /** Whether there was such a rule. */
    public synchronized boolean remove(long id) {
        boolean removed = active.removeIf(rule -> rule.id == id);
        isEmpty = active.isEmpty();
        return removed;
    }

    public synchronized void clear() {
        active.clear();
        isEmpty = true;
    }

    public synchronized List<Listed> list() {
        return active.stream().map(ActiveFault::listed).toList();
    }

    /** What goes wrong with one call: delays add up, and the first other effect that hits decides. */
    public CallFault onCall(String operation) {
        return isEmpty ? CallFault.NONE : draw(operation);
    }

    private synchronized CallFault draw(String operation) {
        Instant now = clock.instant();
        Duration delay = Duration.ZERO;
        Effect effect = null;
        for (ActiveFault rule : active) {
            if (rule.fault.effect() instanceof Effect.Within || !rule.appliesTo(operation, now)) {
                continue;
            }
            boolean isDelay = rule.fault.effect() instanceof Effect.Delay;
            if ((isDelay || effect == null) && hits(rule)) {
                if (rule.fault.effect() instanceof Effect.Delay more) {
                    delay = delay.plus(more.by());
                } else {
                    effect = rule.fault.effect();
                }
            }
        }
        return new CallFault(delay, Optional.ofNullable(effect));
    }

    /** What goes wrong with the next entry of a PutRecords call; empty, it is stored. */
    public Optional<Effect.OnEntries> onEntry(String operation) {
        return isEmpty ? Optional.empty() : drawEntry(operation);
    }

    private synchronized Optional<Effect.OnEntries> drawEntry(String operation) {
        Instant now = clock.instant();
        for (ActiveFault rule : active) {
            if (rule.fault.effect() instanceof Effect.OnEntries effect
                    && rule.appliesTo(operation, now)
                    && hits(rule)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }

    /** How long ago the next item of an eventually consistent read is as it is answered; empty, it is the newest. */
    public Optional<Duration> onItem(String operation) {
        return isEmpty ? Optional.empty() : drawItem(operation);
    }

    private synchronized Optional<Duration> drawItem(String operation) {
        Instant now = clock.instant();
        for (ActiveFault rule : active) {
            if (rule.fault.effect() instanceof Effect.StaleReads stale
                    && rule.appliesTo(operation, now)
                    && hits(rule)) {
                return Optional.of(stale.age());
            }
        }
        return Optional.empty();
    }

    /** Whether there is a rule of stale reads, so that what is overwritten must be kept for a while. */
    public boolean hasStaleReads() {
        return !isEmpty && anyStaleReads();
    }

    private synchronized boolean anyStaleReads() {
        return active.stream().anyMatch(rule -> rule.fault.effect() instanceof Effect.StaleReads);
    }

    private boolean hits(ActiveFault rule) {
        if (random.nextDouble() >= rule.fault.rate()) {
            return false;
        }
        rule.hit();
        return true;
    }
}
