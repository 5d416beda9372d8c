package io.millrace.consumer.lease;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * {@code millrace-consumer roll-back}: moves the leases back into the form that versions before {@link LeaseTable}'s read,
 * and lets those versions start again. All workers must be stopped, and no commit may be pending: earlier versions cannot
 * read this version's plans. A worker that was not seen (frozen, or about to start) finds its leases {@link LeftBehind} and
 * ends, so that it writes nothing beside the earlier version.
 */
public final class RollBack {

    public static final String USAGE = """
            Gives the leases back to earlier versions, which then go on where this version stopped.

              java -jar millrace-consumer.jar roll-back             say what would be done, and what is in the way
              java -jar millrace-consumer.jar roll-back --execute   do it

            Stop all workers with SIGTERM first. It reads APPLICATION_NAME, and STREAM_NAME or STREAMS: set them as the
            earlier version has them. It moves the leases of all streams of the application. It looks for live workers for
            FAILOVER_TIME: set it to the longest of any worker. It may be run again after an interruption.
            Exit codes: 0 done, or nothing in the way; 1 something is in the way; 2 wrong usage.
            """;

    private final LeaseTable table;
    private final FormerTable former;
    private final Streams streams;
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
    public RollBack(
            LeaseTable table, Streams streams, boolean multiStream, Duration failover, Pause pause, PrintStream out) {
        this.table = table;
        this.former = table.former();
        this.streams = streams;
        this.multiStream = multiStream;
        this.failover = failover;
        this.pause = pause;
        this.out = out;
    }

    /**
     * Does it, or says what is in the way.
     *
     * @param names of the streams that the earlier version is to read
     * @param execute false to look only
     * @return whether nothing is in the way
     */
    public boolean run(Collection<String> names, boolean execute) throws InterruptedException {
        Map<String, Optional<SourceStream>> found =
                names.stream().collect(Collectors.toMap(Function.identity(), streams::find));
        Set<String> identities = found.values().stream()
                .flatMap(Optional::stream)
                .map(stream -> stream.identity().serialize())
                .collect(Collectors.toCollection(TreeSet::new));
        List<LeaseItem> leases = table.inForce().toList();
        Optional<String> obstacle =
                missing(found).or(() -> others(leases, identities)).or(() -> pending(leases));
        if (obstacle.isEmpty()) {
            obstacle = alive(leases);
        }
        if (obstacle.isEmpty() && execute) {
            obstacle = moveBack(identities);
        } else if (obstacle.isEmpty()) {
            out.println(leases.size() + " leases can go back to the table " + former.name()
                    + "; nothing is changed without --execute");
        }
        obstacle.ifPresent(out::println);
        return obstacle.isEmpty();
    }

    private Optional<String> moveBack(Set<String> named) {
        List<LeaseItem> moved = former.moved();
        Set<String> identities = new TreeSet<>(named);
        identities.addAll(former.guarded());
        identities.forEach(former::guardSuccessor);
        List<LeaseItem> leases = table.inForce().toList(); // again: a worker that starts makes none from now on
        Optional<String> pending = pending(leases);
        if (pending.isPresent()) {
            return pending;
        }
        try {
            leases.forEach(lease -> former.moveBack(lease, multiStream ? lease.withoutOwner() : lease.withoutStream()));
            moved.forEach(former::forget);
            identities.forEach(former::open);
        } catch (TransactionCanceledException | TransactionConflictException e) {
            return Optional.of("A worker of this or of the earlier version was at work meanwhile: stop all workers with"
                    + " SIGTERM, and try again");
        }
        out.println(leases.size() + " leases are in the table " + former.name()
                + ": start the earlier version now, and not this one");
        return Optional.empty();
    }

    private static Optional<String> missing(Map<String, Optional<SourceStream>> found) {
        List<String> missing = found.entrySet().stream()
                .filter(stream -> stream.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("These streams do not exist, or are being made or deleted: " + missing
                        + "; set STREAM_NAME or STREAMS as the earlier version has them");
    }

    private Optional<String> others(List<LeaseItem> leases, Set<String> identities) {
        List<String> others = leases.stream()
                .flatMap(lease -> lease.stream().stream())
                .filter(stream -> !identities.contains(stream))
                .distinct()
                .toList();
        return multiStream || others.isEmpty()
                ? Optional.empty()
                : Optional.of("The table " + table.name() + " also holds leases of " + others
                        + ": an application of one stream cannot have them; roll back with STREAMS");
    }

    private static Optional<String> pending(List<LeaseItem> leases) {
        List<String> pending = leases.stream()
                .filter(LeaseItem::hasPending)
                .map(LeaseItem::key)
                .toList();
        return pending.isEmpty()
                ? Optional.empty()
                : Optional.of("Commits are pending in " + pending + ": start this version, wait until /status shows no"
                        + " pending commit, stop it with SIGTERM, and try again");
    }

    private Map<String, String> heartbeats() {
        return table.heartbeats().last(table.everything().toList());
    }

    /** Who renews leases, or gives another sign of life, while we look. */
    private Optional<String> alive(List<LeaseItem> before) throws InterruptedException {
        Map<String, String> heartbeats = heartbeats();
        out.println("Looking for live workers for " + failover.toSeconds() + " s");
        pause.pause(failover);
        Map<String, Long> counters = before.stream().collect(Collectors.toMap(LeaseItem::key, LeaseItem::counter));
        Set<String> alive = new TreeSet<>();
        table.inForce()
                .filter(lease -> lease.counter() != counters.getOrDefault(lease.key(), -1L))
                .forEach(lease -> alive.add(lease.owner().orElse("unknown")));
        heartbeats().forEach((worker, time) -> {
            if (!time.equals(heartbeats.get(worker))) {
                alive.add(worker);
            }
        });
        return alive.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Workers still run: " + String.join(", ", alive) + "; stop them with SIGTERM, and try again");
    }
}
