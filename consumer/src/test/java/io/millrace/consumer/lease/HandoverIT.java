package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.MultiStreamLease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** Leases of earlier versions: their positions are taken over whole, once, and nobody begins anew. */
class HandoverIT extends MovedLeases {

    @Test
    void positionAndPendingCommitAreKeptAndTheEarlierOwnerHasLost() throws Exception {
        Lease held = earlierLease(0, put(0));
        String last = put(0);
        held.pendingCheckpoint(new ExtendedSequenceNumber(last, 3L));
        held.pendingCheckpointState(STATE.asByteArray());
        assertTrue(earlier.updateLease(held));
        earlierLease(1, null);

        handover.takeOver(List.of(stream()), WORKER);

        Map<String, Lease> leases = leases();
        MultiStreamLease taken = (MultiStreamLease) leases.get(stream().leaseKey(shard(0)));
        assertEquals(held.checkpoint(), taken.checkpoint());
        assertEquals(new ExtendedSequenceNumber(last, 3L), taken.pendingCheckpoint());
        assertEquals(STATE, SdkBytes.fromByteArray(taken.pendingCheckpointState()));
        assertEquals(WORKER.owner(), taken.leaseOwner());
        assertEquals(shard(0), taken.shardId());
        assertEquals(held.hashKeyRangeForLease(), taken.hashKeyRangeForLease());
        assertEquals(
                ExtendedSequenceNumber.TRIM_HORIZON,
                leases.get(stream().leaseKey(shard(1))).checkpoint());
        assertFalse(earlier.renewLease(held), "the earlier owner still renews");
        assertFalse(earlier.updateLease(held), "the earlier owner still commits");
    }

    @Test
    void workersThatTakeOverTogetherEndWithOneLeaseAShard() throws Exception {
        earlierLease(0, put(0));
        earlierLease(1, put(1));
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            WorkerName worker = WorkerName.incarnationOf("worker-" + i);
            workers.add(CompletableFuture.runAsync(() -> takeOverUntilDone(worker)));
        }
        workers.forEach(CompletableFuture::join);
        assertEquals(2, leases().size());
        assertEquals(List.of(), table.former().unmoved());
    }

    private void takeOverUntilDone(WorkerName worker) {
        for (int i = 0; i < 100; i++) {
            try {
                handover.takeOver(List.of(stream()), worker);
                return;
            } catch (IllegalStateException e) {
                // Another one was faster with a lease; the start tries again, too.
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no end");
    }

    @Test
    void anEarlierVersionThatStartsFindsWhatItRefusesWhetherSomethingMovedOrNot() throws Exception {
        handover.takeOver(List.of(stream()), WORKER);
        assertRefused(earlier.listLeases(), 1);
        earlierLease(0, put(0)); // as if that version had begun before
        handover.takeOver(List.of(stream()), WORKER);
        assertRefused(earlier.listLeases(), 2);
    }

    /** They may as well be of another stream, to which somebody may come back. */
    @Test
    void leasesOfAStreamThatWasDeletedAndMadeAgainAreRefused() throws Exception {
        earlierLease(0, put(0));
        earlierLease(1, null);
        aws.kinesis().deleteStream(delete -> delete.streamName(name));
        aws.kinesis().waiter().waitUntilStreamNotExists(describe -> describe.streamName(name));
        createLater(name);
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream()), WORKER));
        assertEquals(Map.of(), leases());
    }

    @Test
    void theEndOfAShardThatIsOpenIsAnotherStreams() throws Exception {
        Lease lease = earlierLease(0, null);
        lease.checkpoint(ExtendedSequenceNumber.SHARD_END);
        assertTrue(earlier.updateLease(lease));
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream()), WORKER));
    }

    /** The local Kinesis tells sequence numbers of two streams apart by the second in which these were made. */
    private static void createLater(String name) {
        long second = Instant.now().getEpochSecond();
        while (Instant.now().getEpochSecond() == second) {
            Thread.onSpinWait();
        }
        aws.createStream(name, 2);
    }

    @Test
    void ofSeveralStreamsTheOneIsFoundThatWasRead() throws Exception {
        createLater(name + "-2");
        earlierLease(0, put(0));
        SourceStream other = stream(name + "-2");
        handover.takeOver(List.of(other, stream()), WORKER);
        assertEquals(List.of(stream().leaseKey(shard(0))), List.copyOf(leases().keySet()));
    }

    /** The other stream's records would be written under this one's plan. */
    @Test
    void aPendingCommitAloneTellsTheStream() throws Exception {
        createLater(name + "-2");
        pending(earlierLease(0, null), put(0));
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream(name + "-2")), WORKER));
        assertEquals(Map.of(), leases());
        handover.takeOver(List.of(stream(name + "-2"), stream()), WORKER);
        assertEquals(List.of(stream().leaseKey(shard(0))), List.copyOf(leases().keySet()));
    }

    @Test
    void aPendingCommitThatProvesNothingIsRefused() throws Exception {
        pending(earlierLease(0, null), "SHARD_END");
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream()), WORKER));
        assertEquals(Map.of(), leases());
    }

    @Test
    void leasesOfShardsThatTheStreamDoesNotHaveAreRefused() throws Exception {
        Lease lease = new Lease();
        lease.leaseKey(shard(7));
        lease.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
        lease.ownerSwitchesSinceCheckpoint(0L);
        assertTrue(earlier.createLeaseIfNotExists(lease));
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream()), WORKER));
        assertEquals(Map.of(), leases());
    }

    private void pending(Lease lease, String sequenceNumber) throws Exception {
        lease.pendingCheckpoint(new ExtendedSequenceNumber(sequenceNumber, 0L));
        lease.pendingCheckpointState(STATE.asByteArray());
        assertTrue(earlier.updateLease(lease));
    }

    /** Its shard may have ended since, and KCL has deleted the lease. LeaseSync makes what is missing. */
    @Test
    void aLeaseThatHasNotBegunIsNotTakenOnceTheStreamIsRead() throws Exception {
        earlierLease(1, put(1));
        handover.takeOver(List.of(stream()), WORKER);
        earlierLease(0, null);
        handover.takeOver(List.of(stream()), WORKER);
        assertEquals(List.of(stream().leaseKey(shard(1))), List.copyOf(leases().keySet()));
        assertEquals(List.of(), table.former().unmoved());
    }

    /** Another worker moves a lease between this one's reads of the two tables. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLeaseThatMovesMeanwhileIsNoContradiction(int read) throws Exception {
        pending(earlierLease(0, put(0)), put(0));
        AtomicInteger reads = new AtomicInteger();
        WorkerName other = WorkerName.incarnationOf("other");
        try (DynamoDbAsyncClient slow = afterEachScan(() -> {
            if (reads.incrementAndGet() == read) {
                takeOverUntilDone(other);
            }
        })) {
            Handover second = new Handover(aws.kinesisAsync(), new LeaseTable(slow, name));
            try {
                second.takeOver(List.of(stream()), WORKER);
            } catch (IllegalStateException e) {
                assertEquals(2, read); // it tries again
            }
        }
        assertEquals(other.owner(), leases().get(stream().leaseKey(shard(0))).leaseOwner());
    }

    private static DynamoDbAsyncClient afterEachScan(Runnable what) {
        ExecutionInterceptor interceptor = new ExecutionInterceptor() {
            @Override
            public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof ScanRequest) {
                    what.run();
                }
            }
        };
        return DynamoDbAsyncClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(config -> config.addExecutionInterceptor(interceptor))
                .build();
    }

    /** One that a live worker of an earlier version renews at that moment does not hold up the others. */
    @Test
    void theOthersMoveWhereOneHasChanged() throws Exception {
        Lease renewed = earlierLease(0, put(0));
        earlierLease(1, put(1));
        AtomicInteger reads = new AtomicInteger();
        try (DynamoDbAsyncClient slow = afterEachScan(() -> {
            if (reads.incrementAndGet() == 2) {
                renewEarlier(renewed);
            }
        })) {
            Handover other = new Handover(aws.kinesisAsync(), new LeaseTable(slow, name));
            assertThrows(IllegalStateException.class, () -> other.takeOver(List.of(stream()), WORKER));
        }
        assertEquals(List.of(stream().leaseKey(shard(1))), List.copyOf(leases().keySet()));
        takeOverUntilDone(WORKER);
        assertEquals(2, leases().size());
    }

    private void renewEarlier(Lease lease) {
        try {
            assertTrue(earlier.renewLease(lease));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leasesThatMayBeOfTwoStreamsAreRefused() throws Exception {
        aws.createStream(name + "-2", 2);
        earlierLease(0, null);
        RefusedException refused = assertThrows(
                RefusedException.class, () -> handover.takeOver(List.of(stream(name + "-2"), stream()), WORKER));
        assertTrue(refused.getMessage().contains("start once with STREAM_NAME"), refused.getMessage());
        assertEquals(Map.of(), leases());
    }

    @Test
    void leasesOfAStreamThatIsNotReadAreRefused() throws Exception {
        createLater(name + "-2");
        earlierLease(0, put(0));
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream(name + "-2")), WORKER));
        assertEquals(Map.of(), leases());
    }

    @Test
    void aPositionThatAnEarlierVersionCommittedBesideIsRefused() throws Exception {
        earlierLease(0, put(0));
        handover.takeOver(List.of(stream()), WORKER);
        forgetMoved();
        earlierLease(0, put(0));
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream()), WORKER));
    }

    @Test
    void aLeaseThatIsThereAlreadyAndFurtherOnIsKept() throws Exception {
        earlierLease(0, put(0));
        handover.takeOver(List.of(stream()), WORKER);
        forgetMoved();
        earlierLease(0, null);
        Map<String, Lease> before = leases();
        handover.takeOver(List.of(stream()), WORKER);
        assertEquals(before, leases());
        assertEquals(List.of(), table.former().unmoved());
    }
}
