package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.util.List;
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

    private final WorkerName first = WorkerName.incarnationOf("worker");
    private final WorkerName second = WorkerName.incarnationOf("worker");
    private LeaseTable table;
    private NamesakeLeases namesakes;

    @BeforeEach
    void leasesThatTheFirstProcessHolds(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName();
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
        Workers seenByTheSecond = new Workers(table, second);
        seenByTheSecond.refresh();
        assertEquals(Optional.empty(), seenByTheSecond.namesake(), "one look cannot tell the dead from the living");
        renewAll();
        seenByTheSecond.refresh();
        assertEquals(Optional.of(first.owner()), seenByTheSecond.namesake());
        seenByTheSecond.refresh();
        assertEquals(Optional.empty(), seenByTheSecond.namesake(), "it has died");
        Workers seenByTheFirst = new Workers(table, first);
        seenByTheFirst.refresh();
        renewAll();
        seenByTheFirst.refresh();
        assertEquals(Optional.empty(), seenByTheFirst.namesake(), "oneself");
        assertEquals(3, seenByTheFirst.last().get(0).leases());
        assertEquals("worker", seenByTheFirst.last().get(0).id());
    }

    private void renewAll() throws Exception {
        for (Lease lease : table.leases().listLeases()) {
            assertTrue(table.leases().renewLease(lease));
        }
    }
}
