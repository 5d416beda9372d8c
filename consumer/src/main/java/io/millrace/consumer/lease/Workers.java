package io.millrace.consumer.lease;

import io.millrace.consumer.status.StatusReport.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds how many leases, as last looked up, and whether one of them has this process's WORKER_ID. One thread
 * refreshes; any thread may ask.
 */
public final class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private final LeaseTable table;
    private final WorkerName self;
    /** The counters of namesakes' leases at the last look, by lease and owner: a process that renews is alive. */
    private Map<String, Long> counters = Map.of();

    private volatile List<Worker> last = List.of();
    private volatile Optional<String> namesake = Optional.empty();

    public Workers(LeaseTable table, WorkerName self) {
        this.table = table;
        this.self = self;
    }

    /**
     * Looks it up.
     *
     * @throws RuntimeException where DynamoDB does not answer; what was known stays
     */
    public void refresh() {
        Map<String, Long> held = new TreeMap<>();
        Map<String, Long> seen = new HashMap<>();
        Optional<String> renewed = Optional.empty();
        for (LeaseItem lease : table.items().toList()) {
            String owner = lease.owner().orElse("");
            if (!owner.isEmpty()) {
                held.merge(WorkerName.workerIdOf(owner), 1L, Long::sum);
            }
            if (!owner.isEmpty() && self.isNamesake(owner)) {
                String place = lease.key() + "\n" + owner;
                seen.put(place, lease.counter());
                renewed =
                        counters.getOrDefault(place, lease.counter()) < lease.counter() ? Optional.of(owner) : renewed;
            }
        }
        counters = seen;
        last = held.entrySet().stream()
                .map(entry -> new Worker(entry.getKey(), entry.getValue()))
                .toList();
        tell(renewed);
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
}
