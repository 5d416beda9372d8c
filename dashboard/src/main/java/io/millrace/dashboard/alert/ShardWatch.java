package io.millrace.dashboard.alert;

import io.millrace.dashboard.stream.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was seen of one lease over time: when its checkpoint moved last, and its changes of owner. Used by one thread. */
final class ShardWatch {

    static final Duration SWITCH_WINDOW = Duration.ofMinutes(10);

    private String checkpoint;
    private String owner;
    private Instant movedAt;
    private final Deque<Instant> switches = new ArrayDeque<>();

    void see(Lease lease, Instant now) {
        if (!lease.checkpoint().equals(checkpoint)) {
            checkpoint = lease.checkpoint();
            movedAt = now;
        }
        // From one worker to another; to nobody and back to the same is a restart.
        if (!lease.owner().isEmpty() && !lease.owner().equals(owner)) {
            if (owner != null) {
                switches.add(now);
            }
            owner = lease.owner();
        }
        while (!switches.isEmpty() && switches.peek().isBefore(now.minus(SWITCH_WINDOW))) {
            switches.remove();
        }
    }

    Duration unmovedFor(Instant now) {
        return Duration.between(movedAt, now);
    }

    int recentSwitches() {
        return switches.size();
    }
}
