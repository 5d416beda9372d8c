package io.millrace.pipeline.shard;

import static io.millrace.pipeline.shard.PipelineRig.readBehind;
import static io.millrace.pipeline.shard.PipelineRig.record;
import static io.millrace.pipeline.shard.PipelineRig.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.commit.CheckpointUnavailableException;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.commit.LeaseLostException;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.event.PipelineEvent.BatchCommitted;
import io.millrace.pipeline.event.PipelineEvent.Call;
import io.millrace.pipeline.event.PipelineEvent.CallRetried;
import io.millrace.pipeline.event.PipelineEvent.LeaseLost;
import io.millrace.pipeline.event.PipelineEvent.RecordBeforePending;
import io.millrace.pipeline.event.PipelineEvent.RecordsLost;
import io.millrace.pipeline.event.PipelineEvent.RecordsSkipped;
import io.millrace.pipeline.event.PipelineEvent.ReplayFinished;
import io.millrace.pipeline.event.PipelineEvent.ShardFailed;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.Buckets;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.SinkException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardPipelineTest {

    private static final String EVENT = "{\"service\":\"a\",\"timestamp\":\"2025-11-09T13:00:00Z\",\"id\":\"%d\"}";

    private final PipelineRig rig = new PipelineRig();

    @Test
    void aBatchIsPreparedPutAndCheckpointed() {
        ShardPipeline pipeline = started(settings(2));
        accept(pipeline, 1, 2, 3);
        assertEquals(List.of("prepare 2:0", "put", "checkpoint 2:0"), rig.effects);
        assertTrue(pipeline.drain(rig, Duration.ofSeconds(1)));
        assertEquals("checkpoint 3:0", rig.effects.get(5));
        assertEquals(0, rig.budget.used());
    }

    @Test
    void ageFlushesWithoutAnotherRecord() {
        ShardPipeline pipeline = started(settings(100));
        accept(pipeline, 1);
        rig.clock.move(Duration.ofSeconds(59));
        pipeline.tick();
        assertEquals(List.of(), rig.effects);
        rig.clock.move(Duration.ofSeconds(1));
        pipeline.tick();
        assertEquals(List.of("prepare 1:0", "put", "checkpoint 1:0"), rig.effects);
    }

    @Test
    void withoutTheLeaseNothingIsWritten() {
        ShardPipeline pipeline = started(settings(2));
        rig.onPrepare = () -> {
            throw new LeaseLostException("stolen", null);
        };
        accept(pipeline, 1, 2, 3);
        accept(pipeline, 4);
        assertEquals(List.of(), rig.effects);
        assertEquals(2, rig.events(LeaseLost.class).get(0).droppedRecords());
        assertEquals(State.LEASE_LOST, pipeline.status().state());
        assertEquals(0, rig.budget.used());
        pipeline.leaseLost();
        assertEquals(1, rig.events(LeaseLost.class).size());
    }

    @Test
    void s3AwayForAnHourLosesNothing() {
        ShardPipeline pipeline = started(settings(1));
        Instant back = rig.clock.instant().plus(Duration.ofHours(1));
        rig.onPut = () -> {
            if (rig.clock.instant().isBefore(back)) {
                assertEquals(State.RUNNING, pipeline.status().state());
                throw new SinkException("SlowDown", "Please reduce your request rate", null);
            }
        };
        accept(pipeline, 1);
        assertEquals(1, rig.bucket.size());
        assertEquals("checkpoint 1:0", rig.effects.get(rig.effects.size() - 1));
        List<CallRetried> retries = rig.events(CallRetried.class);
        assertEquals("SlowDown", retries.get(0).cause());
        assertEquals(Call.PUT, retries.get(0).call());
        assertEquals(Duration.ofMillis(200), retries.get(0).delay());
        assertEquals(Duration.ofMillis(400), retries.get(1).delay());
        assertEquals(Duration.ofSeconds(10), retries.get(20).delay());
        assertEquals(Optional.empty(), pipeline.status().retryingSince());
    }

    @Test
    void whileS3IsAwayALostLeaseIsNoticed() {
        ShardPipeline pipeline = started(settings(1));
        Instant stolen = rig.clock.instant().plusSeconds(60);
        rig.onPut = () -> {
            throw new SinkException("AccessDenied", "no", null);
        };
        rig.onPrepare = () -> {
            if (rig.clock.instant().isAfter(stolen)) {
                throw new LeaseLostException("stolen", null);
            }
        };
        accept(pipeline, 1);
        assertEquals(State.LEASE_LOST, pipeline.status().state());
        assertFalse(rig.clock.instant().isAfter(stolen.plusSeconds(25)), "noticed soon");
    }

    /** Frozen in its first put for so long that another worker has finished the batch, whose objects were merged since. */
    @Test
    void aWorkerThatWakesUpLatePutsNoMoreThanItHadBegunTo() {
        ShardPipeline pipeline = started(settings(4));
        rig.onPut = () -> {
            rig.clock.move(Duration.ofSeconds(20));
            rig.onPrepare = () -> {
                throw new LeaseLostException("stolen", null);
            };
        };
        pipeline.accept(PipelineRig.read(services("a", "b", "c", "d")), 0, rig);
        assertEquals(List.of("prepare 4:0", "put"), rig.effects);
        assertEquals(State.LEASE_LOST, pipeline.status().state());
    }

    @Test
    void aClockSetBackCountsAsAPause() {
        started(settings(4)).accept(PipelineRig.read(services("a", "b", "c", "d")), 0, rig);
        assertEquals(List.of("prepare 4:0", "put", "put", "put", "put", "checkpoint 4:0"), rig.effects);
        rig.effects.clear();
        PipelineRig other = new PipelineRig();
        other.onPut = () -> other.clock.move(Duration.ofSeconds(-5));
        ShardPipeline pipeline = other.pipeline(settings(2));
        pipeline.start(Optional.empty(), Optional.empty());
        pipeline.accept(PipelineRig.read(services("a", "b")), 0, other);
        assertEquals(List.of("prepare 2:0", "put", "prepare 2:0", "put", "checkpoint 2:0"), other.effects);
    }

    @Test
    void whileNobodyKnowsWhoHasTheLeaseNothingIsPut() {
        ShardPipeline pipeline = started(settings(2));
        int[] asked = {0};
        rig.onPut = () -> rig.clock.move(Duration.ofSeconds(2));
        rig.onPrepare = () -> {
            int call = asked[0]++;
            if (call >= 1 && call <= 3) {
                assertEquals(1, rig.bucket.size());
                throw new CheckpointUnavailableException("throttled", new IllegalStateException("dynamo"));
            }
        };
        pipeline.accept(PipelineRig.read(services("a", "b")), 0, rig);
        assertEquals(List.of("prepare 2:0", "put", "prepare 2:0", "put", "checkpoint 2:0"), rig.effects);
        CallRetried retry = rig.events(CallRetried.class).get(0);
        assertEquals("whether the lease is still held is not known: throttled", retry.message());
    }

    /** A record each. */
    private static List<SourceRecord> services(String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> record(i + 1L, "{\"service\":\"" + names[i] + "\"}"))
                .toList();
    }

    @Test
    void theLeaseTableAwayIsWaitedFor() {
        ShardPipeline pipeline = started(settings(1));
        int[] calls = {0};
        PipelineRig.Trouble threeTimes = () -> {
            if (calls[0]++ % 4 < 3) {
                throw new CheckpointUnavailableException("throttled", new IllegalStateException("dynamo"));
            }
        };
        rig.onPrepare = threeTimes;
        rig.onCheckpoint = threeTimes;
        rig.onShardEnd = threeTimes;
        accept(pipeline, 1);
        pipeline.shardEnded(rig);
        assertEquals(List.of("prepare 1:0", "put", "checkpoint 1:0", "shard end"), rig.effects);
        List<Call> calledAgain = rig.events(CallRetried.class).stream()
                .map(CallRetried::call)
                .distinct()
                .toList();
        assertEquals(List.of(Call.PREPARE, Call.CHECKPOINT, Call.SHARD_END), calledAgain);
    }

    @Test
    void whatLiesBeforeAPendingCommitIsNotInItsObjects() {
        ShardPipeline pipeline = rig.pipeline(settings(100));
        CommitPlan plan = new CommitPlan(new Position("2", 0), 2, PipelineRig.BUCKET, Layout.standard());
        pipeline.start(Optional.empty(), Optional.of(new PendingCommit(new Position("3", 0), plan)));
        accept(pipeline, 1, 2, 3);
        assertEquals(List.of("prepare 3:0", "put", "checkpoint 3:0"), rig.effects);
        assertEquals(2, rig.bucket.values().iterator().next().lines().count());
        assertEquals(1, rig.events(RecordBeforePending.class).size(), "and it is said");
    }

    @Test
    void recordsThatCameBeforeArePassedOver() {
        ShardPipeline pipeline = rig.pipeline(settings(100));
        pipeline.start(Optional.of(new Position("5", 0)), Optional.empty());
        accept(pipeline, 4, 5, 6, 6, 7);
        assertEquals(3, rig.events(RecordsSkipped.class).size());
        assertEquals(2, pipeline.status().openRecords());
    }

    @Test
    void aPendingCommitIsFinishedUnderItsPlan() {
        Layout gzip = new Layout(Layout.VERSION, Compression.GZIP, "service", "timestamp", Optional.empty());
        ShardPipeline pipeline = replaying(new CommitPlan(new Position("1", 0), 5, PipelineRig.BUCKET, gzip), 5);
        accept(pipeline, 1, 2, 3, 4);
        assertEquals(State.REPLAYING, pipeline.status().state());
        assertEquals(List.of(), rig.effects);
        accept(pipeline, 5, 6);
        assertEquals(List.of("prepare 5:0", "put", "checkpoint 5:0"), rig.effects.subList(0, 3));
        assertTrue(rig.bucket.keySet().iterator().next().endsWith(".jsonl.gz"));
        assertEquals(5, rig.events(ReplayFinished.class).get(0).records());
        assertEquals(State.RUNNING, pipeline.status().state());
        assertEquals(List.of(), rig.events(RecordsLost.class));
    }

    /** It was killed when one of its batch's two objects was there, and started again with another bucket. */
    @Test
    void aPendingCommitIsFinishedInTheBucketWhereItWasBegun() {
        int[] puts = {0};
        rig.onPut = () -> {
            if (puts[0]++ == 1) {
                throw new StackOverflowError("the process dies");
            }
        };
        List<SourceRecord> records = List.of(record(1, "{\"service\":\"a\"}"), record(2, "{\"service\":\"b\"}"));
        started(settings(2)).accept(PipelineRig.read(records), 0, rig);
        assertEquals(1, rig.bucket.size());
        rig.onPut = () -> {};

        PipelineRig next = new PipelineRig();
        Buckets buckets = new Buckets("next", name -> name.equals("next") ? next : rig);
        ShardPipeline pipeline = next.pipeline(settings(2), Runnable::run, buckets);
        CommitPlan plan = CommitPlan.decode(rig.plan.orElseThrow().encode(), "next");
        pipeline.start(Optional.empty(), Optional.of(new PendingCommit(new Position("2", 0), plan)));
        pipeline.accept(PipelineRig.read(records), 0, next);
        assertEquals(2, rig.bucket.size());
        assertEquals(0, next.bucket.size());
        assertEquals("bucket", next.plan.orElseThrow().bucket());
        pipeline.accept(PipelineRig.read(record(3, "{}"), record(4, "{}")), 0, next);
        assertEquals(2, rig.bucket.size());
        assertEquals(1, next.bucket.size());
        assertEquals("next", next.plan.orElseThrow().bucket());
    }

    @Test
    void ofATrimmedPendingCommitWhatIsLeftIsWrittenAndTheRestCounted() {
        ShardPipeline pipeline =
                replaying(new CommitPlan(new Position("1", 0), 5, PipelineRig.BUCKET, Layout.standard()), 5);
        accept(pipeline, 2, 3);
        accept(pipeline, 9);
        assertEquals(List.of("prepare 5:0", "put", "checkpoint 5:0"), rig.effects.subList(0, 3));
        RecordsLost lost = rig.events(RecordsLost.class).get(0);
        assertEquals(OptionalLong.of(3), lost.records());
        assertEquals("[1:0 .. 5:0]", lost.range().toString());
    }

    @Test
    void ofAPendingCommitTrimmedWholeOnlyTheCheckpointMoves() {
        ShardPipeline pipeline =
                replaying(new CommitPlan(new Position("1", 0), 5, PipelineRig.BUCKET, Layout.standard()), 5);
        pipeline.accept(LinkedRecords.NONE, 0, rig);
        rig.clock.move(Duration.ofHours(1));
        pipeline.tick();
        assertEquals(List.of(), rig.effects);
        pipeline.shardEnded(rig);
        assertEquals(List.of("prepare 5:0", "checkpoint 5:0", "shard end"), rig.effects);
        assertEquals(OptionalLong.of(5), rig.events(RecordsLost.class).get(0).records());
    }

    @Test
    void aReplayIsNotCutByADrain() {
        ShardPipeline pipeline =
                replaying(new CommitPlan(new Position("1", 0), 5, PipelineRig.BUCKET, Layout.standard()), 5);
        accept(pipeline, 1, 2);
        assertFalse(pipeline.drain(rig, Duration.ofSeconds(1)));
        assertEquals(List.of(), rig.effects);
        assertEquals(0, rig.budget.used());
    }

    @Test
    void aBatchOfDuplicatesAloneMovesTheCheckpoint() {
        Layout dedupe = new Layout(Layout.VERSION, Compression.NONE, "service", "timestamp", Optional.of("id"));
        ShardPipeline pipeline = started(settings(2, dedupe));
        accept(pipeline, 1, 2);
        pipeline.accept(PipelineRig.read(record(3, EVENT.formatted(1)), record(4, EVENT.formatted(2))), 0, rig);
        assertEquals(List.of("prepare 4:0", "checkpoint 4:0"), rig.effects.subList(3, 5));
        assertEquals(2, rig.events(BatchCommitted.class).get(1).counts().deduplicated());
        pipeline.accept(PipelineRig.read(record(5, "{\"no\":\"id\"}"), record(6, "{\"no\":\"id\"}")), 0, rig);
        assertEquals(2, rig.events(BatchCommitted.class).get(2).counts().written());
    }

    @Test
    void aDefectStopsTheShardLoudly() {
        ShardPipeline pipeline = started(settings(1));
        rig.onPut = () -> {
            throw new StackOverflowError("a defect");
        };
        accept(pipeline, 1, 2);
        assertEquals(State.FAILED, pipeline.status().state());
        assertEquals(1, rig.events(ShardFailed.class).size());
        assertEquals(List.of("prepare 1:0"), rig.effects);
        assertEquals(0, rig.budget.used());
    }

    @Test
    void theStatusTellsWhatIsHeld() {
        ShardPipeline pipeline = started(settings(100));
        Instant begun = rig.clock.instant();
        pipeline.accept(PipelineRig.read(record(1, EVENT.formatted(1))), 1_234, rig);
        rig.clock.move(Duration.ofSeconds(7));
        ShardStatus status = pipeline.status();
        assertEquals(Optional.of(begun), status.oldestUnflushed());
        assertEquals(1_234, status.millisBehindLatest());
        assertEquals(Optional.of(new Position("1", 0)), status.taken());
        assertEquals(rig.budget.used(), status.heldBytes());
        pipeline.drain(rig, Duration.ofSeconds(1));
        assertEquals(Optional.of(new Position("1", 0)), pipeline.status().checkpoint());
        assertEquals(Optional.empty(), pipeline.status().oldestUnflushed());
    }

    @Test
    void aReadThatWasMissedStopsTheShardAndNothingBehindItIsCommitted() {
        ShardPipeline pipeline = started(settings(2));
        pipeline.accept(PipelineRig.read(event(1), event(2), event(3)), 0, rig);
        rig.effects.clear();
        pipeline.accept(readBehind(5, event(6), event(7)), 0, rig);
        pipeline.accept(readBehind(7, event(8), event(9)), 0, rig);
        rig.clock.move(Duration.ofHours(1));
        pipeline.tick();
        assertFalse(pipeline.drain(rig, Duration.ofSeconds(1)));
        pipeline.shardEnded(rig);
        assertEquals(List.of(), rig.effects);
        assertEquals(State.FAILED, pipeline.status().state());
        assertEquals(
                "a defect stopped the shard: java.lang.IllegalStateException: the reads up to 5:0 did not all come, "
                        + "only those up to 3:0; nothing is lost, start the process again",
                rig.events(ShardFailed.class).get(0).message());
        assertEquals(0, rig.budget.used());
    }

    @Test
    void aReadWithoutRecordsShowsTheOneThatWasMissed() {
        ShardPipeline pipeline = started(settings(10));
        pipeline.accept(readBehind(3), 0, rig);
        assertEquals(State.FAILED, pipeline.status().state());
    }

    @Test
    void whatIsReadAgainOrIsNotThereAnyMoreIsNoMiss() {
        ShardPipeline pipeline = rig.pipeline(settings(100));
        pipeline.start(Optional.of(new Position("10", 3)), Optional.empty()); // amid an aggregate
        pipeline.accept(readBehind(10, event(30), event(31)), 0, rig); // those before 30 are past retention
        pipeline.accept(readBehind(31), 0, rig);
        pipeline.accept(LinkedRecords.NONE, 0, rig);
        pipeline.accept(readBehind(10, event(30), event(31), event(32)), 0, rig);
        pipeline.accept(readBehind(31, event(32)), 0, rig);
        pipeline.accept(readBehind(32, event(40)), 0, rig);
        assertTrue(pipeline.drain(rig, Duration.ofSeconds(1)));
        assertEquals(4, rig.events(BatchCommitted.class).get(0).counts().records());
    }

    @Test
    void recordsBeforeAPendingCommitAreNoMiss() {
        CommitPlan plan = new CommitPlan(new Position("5", 0), 2, PipelineRig.BUCKET, Layout.standard());
        ShardPipeline pipeline = replaying(plan, 6);
        pipeline.accept(PipelineRig.read(event(1), event(2)), 0, rig);
        pipeline.accept(readBehind(2, event(3), event(4)), 0, rig);
        pipeline.accept(readBehind(4, event(5), event(6)), 0, rig);
        assertEquals(1, rig.events(ReplayFinished.class).size());
        assertEquals(State.RUNNING, pipeline.status().state());
    }

    private static SourceRecord event(int number) {
        return record(number, EVENT.formatted(number));
    }

    private ShardPipeline started(PipelineSettings settings) {
        ShardPipeline pipeline = rig.pipeline(settings);
        pipeline.start(Optional.empty(), Optional.empty());
        return pipeline;
    }

    private ShardPipeline replaying(CommitPlan plan, long last) {
        ShardPipeline pipeline = rig.pipeline(settings(2));
        PendingCommit pending =
                new PendingCommit(new Position(Long.toString(last), 0), CommitPlan.decode(plan.encode(), "another"));
        pipeline.start(Optional.empty(), Optional.of(pending));
        return pipeline;
    }

    private void accept(ShardPipeline pipeline, int... sequences) {
        for (int sequence : sequences) {
            pipeline.accept(PipelineRig.read(record(sequence, EVENT.formatted(sequence))), 0, rig);
        }
    }
}
