package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** The way back: the earlier version goes on where this one was, and nobody of this version begins anew. */
class RollBackIT extends MovedLeases {

    private static final Duration FAILOVER = Duration.ofSeconds(10);

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
}
