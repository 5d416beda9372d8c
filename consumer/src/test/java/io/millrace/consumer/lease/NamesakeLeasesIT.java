package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.kinesis.leases.Lease;

/** Two processes with one WORKER_ID: the leases of each are fenced from the other, and both are told. */
class NamesakeLeasesIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static final Duration FAILOVER = Duration.ofSeconds(10);

    private final WorkerName first = WorkerName.incarnationOf("worker");
    private final WorkerName second = WorkerName.incarnationOf("worker");
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private String name;
    private LeaseTable table;
    private NamesakeLeases namesakes;

    @BeforeEach
    void leasesThatTheFirstProcessHolds(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
        aws.createStream(name, 3);
        table = new LeaseTable(aws.dynamoDbAsync(), name);
        table.ensureActive();
        table.former().ensureActive();
        namesakes = new NamesakeLeases(aws.dynamoDbAsync(), table);
        new LeaseSync(aws.kinesisAsync(), table)
                .sync(
                        new Streams(aws.kinesisAsync()).find(name).orElseThrow(),
                        new InitialPosition.TrimHorizon(),
                        first);
    }

    @Test
    void theSecondProcessTakesThemAndTheFirstCanNeitherRenewNorCommit() throws Exception {
        List<Lease> held = table.leases().listLeases();
        assertEquals(3, namesakes.take(second));
        for (Lease lease : table.leases().listLeases()) {
            assertEquals(second.owner(), lease.leaseOwner());
        }
        for (Lease lease : held) {
            assertFalse(table.leases().renewLease(lease), "KCL takes the second one's renewal for its own");
            assertFalse(table.leases().updateLease(lease), "a commit");
        }
    }

    @Test
    void leasesOfOthersAreLeftAlone() throws Exception {
        assertEquals(0, namesakes.take(WorkerName.incarnationOf("another-worker")));
        assertEquals(0, namesakes.take(first), "its own");
    }

    @Test
    void aLiveNamesakeIsTold() throws Exception {
        Workers seenByTheSecond = workers(second);
        seenByTheSecond.refresh();
        assertEquals(Optional.empty(), seenByTheSecond.namesake(), "one look cannot tell the dead from the living");
        renewAll();
        seenByTheSecond.refresh();
        assertEquals(Optional.of(first.owner()), seenByTheSecond.namesake());
        now = now.plus(FAILOVER);
        seenByTheSecond.refresh();
        assertEquals(Optional.of(first.owner()), seenByTheSecond.namesake(), "it need not renew so often");
        now = now.plusMillis(1);
        seenByTheSecond.refresh();
        assertEquals(Optional.empty(), seenByTheSecond.namesake(), "it has died");
        Workers seenByTheFirst = workers(first);
        seenByTheFirst.refresh();
        renewAll();
        seenByTheFirst.refresh();
        assertEquals(Optional.empty(), seenByTheFirst.namesake(), "oneself");
        assertEquals(3, seenByTheFirst.last().get(0).leases());
        assertEquals("worker", seenByTheFirst.last().get(0).id());
    }

    /** The second has taken all leases of the first, which holds none for a while. */
    @Test
    void aLiveNamesakeIsToldAlthoughItHoldsNoLease() {
        Workers workers = workers(second);
        namesakes.take(second);
        Heartbeat.give(aws, table, first.owner(), 1);
        Heartbeat.give(aws, table, WorkerName.incarnationOf("another-worker").owner(), 1);
        workers.refresh();
        assertEquals(Optional.empty(), workers.namesake(), "one look cannot tell the dead from the living");
        Heartbeat.give(aws, table, second.owner(), 2);
        workers.refresh();
        assertEquals(Optional.empty(), workers.namesake(), "oneself");
        Heartbeat.give(aws, table, first.owner(), 2);
        workers.refresh();
        assertEquals(Optional.of(first.owner()), workers.namesake());
    }

    /** For KCL's leader would give it leases for a while. */
    @Test
    void theHeartbeatOfADeadNamesakeGoes() {
        Heartbeat.give(aws, table, first.owner(), 1);
        Heartbeat.giveInOwnTable(aws, table, first.owner(), 1);
        namesakes.take(second);
        assertEquals(Map.of(), table.heartbeats().last(table.everything().toList()));
    }

    @Test
    void leasesOfAStreamThatTheProcessDoesNotReadAreTold() {
        Workers workers = workers(first);
        workers.refresh();
        assertEquals(List.of(), workers.unserved());
        Workers other = new Workers(table, first, List.of("another-stream"), FAILOVER, () -> now);
        other.refresh();
        assertEquals(3, other.unserved().size());
        Workers holdsNone = new Workers(table, second, List.of("another-stream"), FAILOVER, () -> now);
        holdsNone.refresh();
        assertEquals(List.of(), holdsNone.unserved());
    }

    private Workers workers(WorkerName self) {
        return new Workers(table, self, List.of(name), FAILOVER, () -> now);
    }

    private void renewAll() throws Exception {
        for (Lease lease : table.leases().listLeases()) {
            assertTrue(table.leases().renewLease(lease));
        }
    }
}
