package io.millrace.consumer.lease;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code millrace-consumer roll-back}: moves the leases back into the form that versions before {@link LeaseTable}'s read,
 * and lets those versions start again. All workers must be stopped, and no commit may be pending: earlier versions cannot
 * read this version's plans.
 */
public final class RollBack {

    public static final String USAGE = """
            Gives the leases back to earlier versions, which then go on where this version stopped.

              java -jar millrace-consumer.jar roll-back             say what would be done, and what is in the way
              java -jar millrace-consumer.jar roll-back --execute   do it

            Stop all workers with SIGTERM first. It reads APPLICATION_NAME, FAILOVER_TIME, and STREAM_NAME or STREAMS: set
            them as the earlier version has them. It may be run again after an interruption.
            Exit codes: 0 done, or nothing in the way; 1 something is in the way; 2 wrong usage.
            """;

    private final LeaseTable table;
    private final boolean multiStream;
    private final Duration failover;
    private final Pause pause;
    private final PrintStream out;

    /** Lets time pass; a test does in it what a live worker would do. */
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /**
     * @param multiStream whether the earlier version is given STREAMS
     * @param failover within which a live worker has renewed each of its leases
     */
    public RollBack(LeaseTable table, boolean multiStream, Duration failover, Pause pause, PrintStream out) {
        this.table = table;
        this.multiStream = multiStream;
        this.failover = failover;
        this.pause = pause;
        this.out = out;
    }

    /**
     * Does it, or says what is in the way.
     *
     * @param execute false to look only
     * @return whether nothing is in the way
     */
    public boolean run(List<SourceStream> streams, boolean execute) throws InterruptedException {
        List<LeaseItem> leases = table.items().toList();
        Optional<String> obstacle = obstacle(leases, streams);
        if (obstacle.isPresent()) {
            out.println(obstacle.get());
            return false;
        }
        if (!execute) {
            out.println(leases.size() + " leases can go back to the table "
                    + table.former().name() + "; nothing is changed without --execute");
            return true;
        }
        for (LeaseItem lease : leases) {
            table.former().moveBack(lease, multiStream ? lease.withoutOwner() : lease.withoutStream());
        }
        table.former().forgetLeftBehind();
        streams.forEach(table.former()::open);
        out.println(leases.size() + " leases are in the table " + table.former().name()
                + ": start the earlier version now, and not this one");
        return true;
    }

    private Optional<String> obstacle(List<LeaseItem> leases, List<SourceStream> streams) throws InterruptedException {
        List<String> identities =
                streams.stream().map(stream -> stream.identity().serialize()).toList();
        List<String> others = leases.stream()
                .flatMap(lease -> lease.stream().stream())
                .filter(stream -> !identities.contains(stream))
                .distinct()
                .toList();
        if (!multiStream && !others.isEmpty()) {
            return Optional.of("The table " + table.name() + " also holds leases of " + others
                    + ": an application of one stream cannot have them; roll back with STREAMS");
        }
        List<String> pending = leases.stream()
                .filter(LeaseItem::hasPending)
                .map(LeaseItem::key)
                .toList();
        if (!pending.isEmpty()) {
            return Optional.of("Commits are pending in " + pending + ": start this version, wait until /status shows no"
                    + " pending commit, stop it with SIGTERM, and try again");
        }
        return alive(leases)
                .map(workers -> "Workers still run: " + workers + "; stop them with SIGTERM, and try again");
    }

    /** Who renews leases while we look. */
    private Optional<String> alive(List<LeaseItem> before) throws InterruptedException {
        out.println("Looking for live workers for " + failover.toSeconds() + " s");
        pause.pause(failover);
        Map<String, Long> counters = before.stream().collect(Collectors.toMap(LeaseItem::key, LeaseItem::counter));
        List<String> alive = table.items()
                .filter(lease -> lease.counter() != counters.getOrDefault(lease.key(), -1L))
                .map(lease -> lease.owner().orElse("unknown"))
                .distinct()
                .toList();
        return alive.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", alive));
    }
}
