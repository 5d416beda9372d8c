package io.millrace.consumer.lease;

import io.millrace.consumer.status.StatusReport.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.common.StreamIdentifier;

/**
 * What the lease table tells about all workers, as last looked up: who holds how many leases, whether one of them has this
 * process's WORKER_ID, whether this one holds leases that it must not read under, and whether a roll-back took the leases
 * away. One thread refreshes; any thread may ask.
 */
public final class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private static final String HEARTBEAT = "";

    /** @param place a lease's key, or {@link #HEARTBEAT} */
    private record Sign(String owner, String place) {}

    private final LeaseTable table;
    private final WorkerName self;
    private final Set<String> streams;
    private final Duration failover;
    private final InstantSource clock;
    /** Namesakes' signs of life at the last look: a process that changes one is alive. */
    private Map<Sign, String> signs = Map.of();

    private Instant namesakeSeen = Instant.MIN;

    private volatile List<Worker> last = List.of();
    private volatile Optional<String> namesake = Optional.empty();
    private volatile List<String> unserved = List.of();
    private volatile Set<String> movedBack = Set.of();

    /**
     * @param streams the names of those that this process is told to read
     * @param failover within which a live worker gives a sign of life
     */
    public Workers(
            LeaseTable table, WorkerName self, Collection<String> streams, Duration failover, InstantSource clock) {
        this.table = table;
        this.self = self;
        this.streams = Set.copyOf(streams);
        this.failover = failover;
        this.clock = clock;
    }

    /**
     * Looks it up.
     *
     * @throws RuntimeException where DynamoDB does not answer; what was known stays
     */
    public void refresh() {
        Map<String, Long> held = new TreeMap<>();
        Map<Sign, String> seen = new HashMap<>();
        List<String> mine = new ArrayList<>();
        Set<String> moved = new HashSet<>();
        List<LeaseItem> items = table.everything().toList();
        for (LeaseItem lease : items.stream().filter(LeaseItem::isLease).toList()) {
            if (LeftBehind.is(lease)) {
                lease.stream().ifPresent(moved::add);
                continue;
            }
            String owner = lease.owner().orElse("");
            if (!owner.isEmpty()) {
                held.merge(WorkerName.workerIdOf(owner), 1L, Long::sum);
            }
            if (owner.equals(self.owner()) && !isServed(lease)) {
                mine.add(lease.key());
            }
            seen.put(new Sign(owner, lease.key()), Long.toString(lease.counter()));
        }
        movedBack = Set.copyOf(moved);
        unserved = List.copyOf(mine);
        last = held.entrySet().stream()
                .map(entry -> new Worker(entry.getKey(), entry.getValue()))
                .toList();
        table.heartbeats().last(items).forEach((owner, time) -> seen.put(new Sign(owner, HEARTBEAT), time));
        lookForNamesakes(seen);
    }

    private boolean isServed(LeaseItem lease) {
        return lease.stream()
                .map(StreamIdentifier::multiStreamInstance)
                .filter(stream -> streams.contains(stream.streamName()))
                .isPresent();
    }

    /** The first look tells nothing: a dead process's leases and heartbeat stay for a while. */
    private void lookForNamesakes(Map<Sign, String> seen) {
        Optional<String> alive = seen.entrySet().stream()
                .filter(sign -> self.isNamesake(sign.getKey().owner()))
                .filter(sign -> signs.containsKey(sign.getKey())
                        && !signs.get(sign.getKey()).equals(sign.getValue()))
                .map(sign -> sign.getKey().owner())
                .findAny();
        signs = seen;
        Instant now = clock.instant();
        if (alive.isPresent()) {
            namesakeSeen = now;
            tell(alive);
        } else if (now.isAfter(namesakeSeen.plus(failover))) {
            tell(Optional.empty());
        }
    }

    private void tell(Optional<String> now) {
        if (now.isPresent() && namesake.isEmpty()) {
            log.warn(
                    "Another process runs with WORKER_ID {} (in the lease table: {}; this one: {}). Nothing is written"
                            + " twice, but a restart of either takes the other's leases: give each its own WORKER_ID",
                    self.workerId(),
                    now.get(),
                    self.owner());
        } else if (now.isEmpty() && namesake.isPresent()) {
            log.info("No other process runs with WORKER_ID {} any more", self.workerId());
        }
        namesake = now;
    }

    /** Each WORKER_ID and its leases. */
    public List<Worker> last() {
        return last;
    }

    /** The other live process with this WORKER_ID, if one was seen, as it stands in the lease table. */
    public Optional<String> namesake() {
        return namesake;
    }

    /** The leases that KCL gave this process although it is not told to read their streams. */
    public List<String> unserved() {
        return unserved;
    }

    /**
     * Nothing of these streams may be read any more, once a roll-back has given their leases to an earlier version.
     *
     * @throws RefusedException where that was so at the last look
     */
    public void refuseMovedBack(Collection<SourceStream> sources) throws RefusedException {
        for (SourceStream source : sources) {
            if (movedBack.contains(source.identity().serialize())) {
                throw new RefusedException("roll-back has given the leases of stream " + source.name()
                        + " back to an earlier version while this worker ran: it ends, and reads nothing more. Start it"
                        + " again only to take the leases over anew (docs/operations.md, Roll back)");
            }
        }
    }
}
