package io.millrace.consumer.lease;

import io.millrace.consumer.status.StatusReport.Worker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;

/** Who holds how many leases, as last looked up. Thread-safe. */
public final class Workers {

    private final LeaseRefresher leases;
    private volatile List<Worker> last = List.of();

    public Workers(LeaseTable table) {
        this.leases = table.leases();
    }

    /**
     * Looks it up.
     *
     * @throws Exception where DynamoDB does not answer; what was known stays
     */
    public void refresh() throws Exception {
        Map<String, Long> counts = leases.listLeases().stream()
                .map(Lease::leaseOwner)
                .filter(owner -> owner != null)
                .collect(Collectors.groupingBy(owner -> owner, TreeMap::new, Collectors.counting()));
        last = counts.entrySet().stream()
                .map(entry -> new Worker(entry.getKey(), entry.getValue()))
                .toList();
    }

    public List<Worker> last() {
        return last;
    }
}
