package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** Where an application starts: whatever the workers' clocks say, whoever is first, and whatever the stream was before. */
class LeaseSyncIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static final InitialPosition LATEST = new InitialPosition.Latest();
    private static final InitialPosition TRIM_HORIZON = new InitialPosition.TrimHorizon();

    private static final WorkerName WORKER = WorkerName.incarnationOf("worker");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private String name;
    private LeaseTable table;

    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
        aws.createStream(name, 2);
        table = new LeaseTable(aws.dynamoDbAsync(), name);
        table.ensureActive();
    }

    @Test
    void workersThatStartTogetherStartAtOneTime() throws Exception {
        Instant early = now.minusSeconds(30);
        LeaseSync first = worker(stream -> early);
        AtomicBoolean meanwhile = new AtomicBoolean();
        LeaseSync second = worker(stream -> {
            if (!meanwhile.getAndSet(true)) {
                sync(first, LATEST); // between this worker's look for a time and its keeping one
            }
            return now;
        });
        Instant start = sync(second, LATEST);
        assertTrue(start.isBefore(early), "the earlier worker's time, not " + start);
        assertEquals(start, sync(first, LATEST));
        assertEquals(start, sync(worker(stream -> now.plusSeconds(60)), LATEST), "and that of every later start");
    }

    @Test
    void aTimeOfWhichLeasesDifferIsTheEarliest() throws Exception {
        sync(worker(stream -> now), TRIM_HORIZON);
        List<String> keys =
                table.leases().listLeases().stream().map(Lease::leaseKey).toList();
        table.firstStart().keep(keys.subList(0, 1), now.minusSeconds(5));
        Instant held = table.firstStart().keep(keys, now.minusSeconds(9));
        assertEquals(now.minusSeconds(9), held);
        assertEquals(held, table.firstStart().keep(keys, now.minusSeconds(20)), "it stays once it is kept");
    }

    @Test
    void aStartThatIsTriedAgainBeginsNoLater() throws Exception {
        Instant[] time = {now};
        LeaseSync sync = worker(stream -> time[0]);
        Instant start = sync(sync, LATEST);
        for (Lease lease : table.leases().listLeases()) {
            table.leases().deleteLease(lease); // as if the first try had come no further
        }
        time[0] = now.plusSeconds(60);
        assertEquals(start, sync(sync, LATEST));
    }

    @Test
    void fromNowOnIsByKinesissClockAndNotAhead() throws Exception {
        InstantSource wrong = InstantSource.fixed(now.plusSeconds(3600));
        LeaseSync sync = worker(new KinesisClock(aws.kinesisAsync(), wrong));
        Instant start = sync(sync, LATEST);
        assertTrue(start.isBefore(Instant.now()), "AWS refuses " + start);
        assertTrue(start.isAfter(now.minusSeconds(60)), "long ago: " + start);
    }

    @Test
    void aStartThatIsStillToComeIsWaitedFor() throws Exception {
        Instant[] time = {now};
        LeaseSync sync = worker(stream -> time[0]);
        var later = new InitialPosition.At(now.plusSeconds(60));
        assertThrows(IllegalStateException.class, () -> sync.sync(stream(), later, WORKER));
        time[0] = now.plusSeconds(61);
        assertEquals(now.plusSeconds(60), sync(sync, later));
        var changed = new InitialPosition.At(now);
        assertEquals(now.plusSeconds(60), sync(sync, changed), "it holds from the first start on");
    }

    @Test
    void aRecreatedStreamIsReadWholeByEveryWorker() throws Exception {
        LeaseSync before = worker(stream -> now);
        sync(before, TRIM_HORIZON);
        commitToTheEnd();
        recreate();
        Instant created = stream().created();
        Instant late = created.plusSeconds(60);
        Instant start = sync(worker(stream -> late), LATEST);
        assertFalse(start.isAfter(created), "begins at " + start + ", after the stream, " + created);
        assertEquals(start, sync(worker(stream -> late), LATEST), "the second worker, who finds the new leases");
        for (Lease lease : table.leases().listLeasesForStream(stream().identity())) {
            assertTrue(lease.checkpoint().isSentinelCheckpoint(), lease.toString());
        }
    }

    /** Leases of several streams, and local sequence numbers, tell streams of one name apart by their second. */
    private static void awaitNextSecond() {
        long second = Instant.now().getEpochSecond();
        while (Instant.now().getEpochSecond() == second) {
            Thread.onSpinWait();
        }
    }

    private void commitToTheEnd() throws Exception {
        for (Lease lease : table.leases().listLeases()) {
            String hashKey = lease.hashKeyRangeForLease().serializedStartingHashKey();
            String sequence = aws.kinesis()
                    .putRecord(put -> put.streamName(name)
                            .partitionKey("key")
                            .explicitHashKey(hashKey)
                            .data(SdkBytes.fromUtf8String("{}")))
                    .sequenceNumber();
            lease.checkpoint(new ExtendedSequenceNumber(sequence, 0L));
            table.leases().updateLease(lease);
        }
    }

    private void recreate() {
        aws.kinesis().deleteStream(delete -> delete.streamName(name));
        aws.kinesis().waiter().waitUntilStreamNotExists(describe -> describe.streamName(name));
        awaitNextSecond();
        aws.createStream(name, 3);
    }

    private LeaseSync worker(Function<SourceStream, Instant> kinesisTime) {
        return new LeaseSync(aws.kinesisAsync(), table, kinesisTime);
    }

    private SourceStream stream() {
        return new Streams(aws.kinesisAsync()).find(name).orElseThrow();
    }

    private Instant sync(LeaseSync sync, InitialPosition position) {
        try {
            var start = sync.sync(stream(), position, WORKER);
            return start instanceof InitialPosition.At at ? at.time() : Instant.EPOCH;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
