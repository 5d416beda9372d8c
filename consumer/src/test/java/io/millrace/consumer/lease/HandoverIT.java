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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
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

    private String name;
    private LeaseTable table;
    private LeaseRefresher earlier;
    private Handover handover;

    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
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
        table.former().forgetLeftBehind();
        earlierLease(0, put(0));
        assertThrows(RefusedException.class, () -> handover.takeOver(List.of(stream()), WORKER));
    }

    @Test
    void aLeaseThatIsThereAlreadyAndFurtherOnIsKept() throws Exception {
        earlierLease(0, put(0));
        handover.takeOver(List.of(stream()), WORKER);
        table.former().forgetLeftBehind();
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
        assertTrue(rollBack(false).run(List.of(stream()), false), "a look");
        assertEquals(taken, leases(), "a look changes nothing");
        assertTrue(rollBack(false).run(List.of(stream()), true));
        Map<String, Lease> back =
                earlier.listLeases().stream().collect(Collectors.toMap(Lease::leaseKey, Function.identity()));
        assertEquals(2, back.size());
        assertEquals(held.checkpoint(), back.get(shard(0)).checkpoint());
        assertEquals(null, back.get(shard(0)).leaseOwner());
        assertEquals(Map.of(), leases());
        handover.takeOver(List.of(stream()), WORKER);
        assertEquals(taken.keySet(), leases().keySet());
    }

    @Test
    void aPendingCommitOrALiveWorkerIsInTheWayOfARollBack() throws Exception {
        earlierLease(0, put(0));
        handover.takeOver(List.of(stream()), WORKER);
        Lease lease = leases().get(stream().leaseKey(shard(0)));
        lease.pendingCheckpoint(new ExtendedSequenceNumber(put(0), 0L));
        lease.pendingCheckpointState(STATE.asByteArray());
        assertTrue(table.leases().updateLease(lease));
        assertFalse(rollBack(false).run(List.of(stream()), true), "pending");
        lease.pendingCheckpoint(null);
        lease.pendingCheckpointState(null);
        assertTrue(table.leases().updateLease(lease));
        assertFalse(rollBack(false, () -> renew(lease)).run(List.of(stream()), true), "alive");
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
        return new RollBack(table, multiStream, FAILOVER, time -> meanwhile.run(), nowhere);
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
