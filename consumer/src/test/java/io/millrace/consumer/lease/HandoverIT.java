package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
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
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.kinesis.common.DdbTableConfig;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.MultiStreamLease;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.TableCreatorCallback;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** Leases of earlier versions: their positions are taken over whole, once, and nobody begins anew. */
class HandoverIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static final WorkerName WORKER = WorkerName.incarnationOf("worker");
    private static final SdkBytes STATE = SdkBytes.fromString("1:0 {\"v\":1}", StandardCharsets.UTF_8);
    private static final Duration FAILOVER = Duration.ofSeconds(10);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private String name;
    private LeaseTable table;
    private LeaseRefresher earlier;
    private Handover handover;

    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName() + "-" + COUNT.incrementAndGet();
        aws.createStream(name, 2);
        table = new LeaseTable(aws.dynamoDbAsync(), name);
        table.ensureActive();
        table.former().ensureActive();
        handover = new Handover(aws.kinesisAsync(), table);
        earlier = new DynamoDBLeaseRefresher(
                name,
                aws.dynamoDbAsync(),
                new DynamoDBLeaseSerializer(),
                true,
                TableCreatorCallback.NOOP_TABLE_CREATOR_CALLBACK,
                Duration.ofSeconds(10),
                new DdbTableConfig(),
                false,
                false,
                List.of());
    }

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

    /** What that version reads of each lease before it starts, and before it reads a shard. */
    private void assertRefused(List<Lease> seen, int count) {
        assertEquals(count, seen.size());
        for (Lease lease : seen) {
            var start = aws.dynamoDb()
                    .getItem(get -> get.tableName(name).key(FirstStart.key(lease.leaseKey())))
                    .item()
                    .get("millraceFirstStartMillis");
            assertThrows(NumberFormatException.class, () -> Long.parseLong(start.n()));
            String state = new String(lease.pendingCheckpointState(), StandardCharsets.UTF_8);
            assertTrue(lease.pendingCheckpoint() != null && !state.contains("\"v\":1"), state);
        }
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

    @Test
    void rolledBackLeasesAreTheEarlierVersionsAgainAndCanBeTakenOverOnceMore() throws Exception {
        Lease held = earlierLease(0, put(0));
        earlierLease(1, null);
        handover.takeOver(List.of(stream()), WORKER);
        Map<String, Lease> taken = leases();
        assertTrue(rollBack(false).run(List.of(name), false), "a look");
        assertEquals(taken, leases(), "a look changes nothing");
        assertTrue(rollBack(false).run(List.of(name), true));
        Map<String, Lease> back =
                earlier.listLeases().stream().collect(Collectors.toMap(Lease::leaseKey, Function.identity()));
        assertEquals(2, back.size());
        assertEquals(held.checkpoint(), back.get(shard(0)).checkpoint());
        assertEquals(null, back.get(shard(0)).leaseOwner());
        assertEquals(List.of(), table.inForce().toList());
        handover.takeOver(List.of(stream()), WORKER);
        assertEquals(taken.keySet(), leases().keySet());
        assertEquals(2, table.inForce().count());
        sync();
        assertEquals(2, leases().size());
    }

    /** One that was frozen meanwhile, or had not begun. To KCL an empty table would be a fresh one. */
    @Test
    void aWorkerThatARollBackDidNotSeeFindsNothingToReadAndIsTold() throws Exception {
        earlierLease(0, put(0));
        earlierLease(1, null);
        handover.takeOver(List.of(stream()), WORKER);
        Map<String, Lease> held = leases();
        Workers workers = workers();
        workers.refresh();
        workers.refuseMovedBack(List.of(stream()));
        assertTrue(rollBack(false).run(List.of(name), true));
        for (Lease lease : held.values()) {
            assertFalse(table.leases().renewLease(lease), "it still renews");
            assertFalse(table.leases().updateLease(lease), "it still commits");
        }
        assertUnreadable(leases(), 3);
        assertThrows(NumberFormatException.class, this::sync);
        assertUnreadable(leases(), 3);
        workers.refresh();
        assertThrows(RefusedException.class, () -> workers.refuseMovedBack(List.of(stream())));
    }

    @Test
    void aStreamWithoutLeasesIsRolledBackAsWell() throws Exception {
        handover.takeOver(List.of(stream()), WORKER);
        assertTrue(rollBack(false).run(List.of(name), true));
        assertEquals(List.of(), earlier.listLeases());
        assertThrows(NumberFormatException.class, this::sync);
        assertUnreadable(leases(), 1);
        handover.takeOver(List.of(stream()), WORKER);
        assertRefused(earlier.listLeases(), 1);
        sync();
        assertEquals(2, leases().size());
    }

    /** What an earlier version has read to its end, and forgotten, after a roll-back. */
    @Test
    void aLeaseThatWasLeftBehindAndIsNotInTheOldTableAnyMoreGoes() throws Exception {
        earlierLease(0, put(0));
        earlierLease(1, put(1));
        handover.takeOver(List.of(stream()), WORKER);
        assertTrue(rollBack(false).run(List.of(name), true));
        earlier.deleteLease(earlier.getLease(shard(0)));
        handover.takeOver(List.of(stream()), WORKER);
        assertEquals(List.of(stream().leaseKey(shard(1))), List.copyOf(leases().keySet()));
    }

    /** It began the stream anew just as the leases went back, and read nothing. */
    @Test
    void aLeaseThatHasNotBegunGivesWayToOneThatHas() throws Exception {
        Lease held = earlierLease(0, put(0));
        handover.takeOver(List.of(stream()), WORKER);
        assertTrue(rollBack(false).run(List.of(name), true));
        table.leases().deleteLease(leases().get(stream().leaseKey(shard(0))));
        handover.takeOver(List.of(stream()), WORKER);
        Lease anew = leases().get(stream().leaseKey(shard(0)));
        anew.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
        assertTrue(table.leases().updateLease(anew));
        forgetMoved();
        earlierLease(0, held.checkpoint().sequenceNumber());
        handover.takeOver(List.of(stream()), WORKER);
        assertEquals(
                held.checkpoint(), leases().get(stream().leaseKey(shard(0))).checkpoint());
    }

    @Test
    void aRollBackOpensAllStreamsAndRefusesOneThatIsNotThere() throws Exception {
        aws.createStream(name + "-2", 1);
        handover.takeOver(List.of(stream(), stream(name + "-2")), WORKER);
        assertFalse(rollBack(true).run(List.of(name + "-typo"), true));
        assertEquals(2, table.former().guarded().size());
        assertTrue(rollBack(true).run(List.of(name), true));
        assertEquals(List.of(), table.former().guarded());
    }

    @Test
    void aWorkerWithoutLeasesIsInTheWayOfARollBack() throws Exception {
        handover.takeOver(List.of(stream()), WORKER);
        assertFalse(rollBack(false, () -> Heartbeat.give(aws, table, WORKER.owner(), 1))
                .run(List.of(name), true));
    }

    /** Which would make it begin anew what the worker of this version has taken over. */
    @Test
    void aWorkerThatStartsDuringARollBackKeepsTheEarlierVersionFromStarting() throws Exception {
        handover.takeOver(List.of(stream()), WORKER);
        String identity = stream().identity().serialize();
        table.former().guardSuccessor(identity);
        handover.takeOver(List.of(stream()), WORKER);
        assertThrows(TransactionCanceledException.class, () -> table.former().open(identity));
        assertRefused(earlier.listLeases(), 1);
    }

    private Workers workers() {
        return new Workers(table, WORKER, List.of(name), FAILOVER, InstantSource.system());
    }

    private InitialPosition sync() throws Exception {
        return new LeaseSync(aws.kinesisAsync(), table).sync(stream(), new InitialPosition.TrimHorizon(), WORKER);
    }

    private void forgetMoved() {
        table.former().moved().forEach(table.former()::forget);
    }

    private static void assertUnreadable(Map<String, Lease> leases, int count) {
        assertEquals(count, leases.size());
        for (Lease lease : leases.values()) {
            String state = new String(lease.pendingCheckpointState(), StandardCharsets.UTF_8);
            assertTrue(lease.pendingCheckpoint() != null && !state.contains("\"v\":1"), state);
        }
    }

    @Test
    void aPendingCommitOrALiveWorkerIsInTheWayOfARollBack() throws Exception {
        earlierLease(0, put(0));
        handover.takeOver(List.of(stream()), WORKER);
        Lease lease = leases().get(stream().leaseKey(shard(0)));
        lease.pendingCheckpoint(new ExtendedSequenceNumber(put(0), 0L));
        lease.pendingCheckpointState(STATE.asByteArray());
        assertTrue(table.leases().updateLease(lease));
        assertFalse(rollBack(false).run(List.of(name), true), "pending");
        lease.pendingCheckpoint(null);
        lease.pendingCheckpointState(null);
        assertTrue(table.leases().updateLease(lease));
        assertFalse(rollBack(false, () -> renew(lease)).run(List.of(name), true), "alive");
        assertEquals(1, leases().size());
    }

    private void renew(Lease lease) {
        try {
            assertTrue(table.leases().renewLease(lease));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private RollBack rollBack(boolean multiStream) {
        return rollBack(multiStream, () -> {});
    }

    private RollBack rollBack(boolean multiStream, Runnable meanwhile) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Streams streams = new Streams(aws.kinesisAsync());
        return new RollBack(table, streams, multiStream, FAILOVER, time -> meanwhile.run(), nowhere);
    }

    private Lease earlierLease(int shard, String checkpoint) throws Exception {
        Lease lease = new Lease();
        lease.leaseKey(shard(shard));
        lease.checkpoint(
                checkpoint == null ? ExtendedSequenceNumber.TRIM_HORIZON : new ExtendedSequenceNumber(checkpoint, 0L));
        lease.ownerSwitchesSinceCheckpoint(0L);
        lease.hashKeyRange(HashKeyRangeForLease.fromHashKeyRange(aws.kinesis()
                .listShards(list -> list.streamName(name))
                .shards()
                .get(shard)
                .hashKeyRange()));
        assertTrue(earlier.createLeaseIfNotExists(lease));
        assertTrue(earlier.takeLease(lease, "earlier-worker"));
        return lease;
    }

    private static String shard(int number) {
        return "shardId-00000000000" + number;
    }

    private Map<String, Lease> leases() throws Exception {
        return table.leases().listLeases().stream().collect(Collectors.toMap(Lease::leaseKey, Function.identity()));
    }

    private SourceStream stream() {
        return stream(name);
    }

    private static SourceStream stream(String name) {
        return new Streams(aws.kinesisAsync()).find(name).orElseThrow();
    }

    private String put(int shard) {
        return aws.kinesis()
                .putRecord(put -> put.streamName(name)
                        .partitionKey("key")
                        .explicitHashKey(shard == 0 ? "0" : "340282366920938463463374607431768211455")
                        .data(SdkBytes.fromUtf8String("{}")))
                .sequenceNumber();
    }
}
