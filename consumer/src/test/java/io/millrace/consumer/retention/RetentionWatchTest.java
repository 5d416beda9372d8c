package io.millrace.consumer.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.RecordsPossiblyLost;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stream that keeps its records for a day, and its reading at the moved time. */
class RetentionWatchTest implements Retention {

    private static final ShardRef SHARD = new ShardRef("logs", "shardId-0");
    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = Instant.parse("2026-01-10T00:00:00Z");
    private Duration retention = DAY;
    private final Set<String> held = new HashSet<>();
    private final List<String> probed = new ArrayList<>();
    private Optional<ReadMark> mark = Optional.empty();
    private final List<PipelineEvent> told = new ArrayList<>();

    @Test
    void aReaderThatKeepsUpIsNeverSuspected() {
        RetentionWatch watch = open(Optional.empty());
        for (int hour = 1; hour < 100; hour++) {
            now = now.plus(Duration.ofHours(1));
            watch.arrived(List.of(record(hour, now.minusSeconds(1))), hour % 2 == 0, now);
        }
        assertEquals(List.of(), told);
        assertEquals(List.of(), probed);
    }

    @Test
    void aQuietShardIsNotSuspectedWhenItIsResumedLongAfterItsLastRecord() {
        RetentionWatch watch = open(Optional.empty());
        watch.arrived(List.of(record(5, now)), true, now);
        watch.taken(committed(5));
        now = now.plus(Duration.ofDays(5));
        watch.arrived(List.of(), true, now);
        watch.taken(committed(5));
        now = now.plus(Duration.ofMinutes(1));
        watch.arrived(List.of(), true, now);
        watch.taken(committed(5));
        now = now.plus(Duration.ofHours(20));
        RetentionWatch next = open(Optional.of("5"));
        next.arrived(List.of(record(9, now)), true, now);
        assertEquals(1, told.size(), "only the pause of five days in which nobody looked: " + told);
        assertEquals(List.of("5"), probed, "at the end of that pause");
    }

    @Test
    void aShardResumedTooLateIsSuspectedUnlessItsLastRecordIsThere() {
        RetentionWatch watch = open(Optional.empty());
        watch.arrived(List.of(record(5, now)), true, now);
        watch.taken(committed(5));
        Instant read = now;
        now = now.plus(Duration.ofHours(25));
        held.add("5");
        RetentionWatch resumed = open(Optional.of("5"));
        resumed.arrived(List.of(record(9, now)), true, now);
        assertEquals(List.of(), told, "what came after 5 is there, too");
        mark = Optional.of(new ReadMark(read, DAY));
        held.clear();
        open(Optional.of("5")).arrived(List.of(record(9, now)), true, now);
        assertEquals(List.of(new RecordsPossiblyLost(SHARD, Optional.of(read), now.minus(DAY))), told);
    }

    @Test
    void aShardThatWasNotYetCommittedIsSuspected() {
        Instant oldest = now.minus(Duration.ofHours(20));
        open(Optional.empty()).arrived(List.of(record(1, oldest)), false, now);
        assertEquals(Optional.of(new ReadMark(oldest, DAY)), mark, "kept at once");
        now = now.plus(Duration.ofHours(10));
        open(Optional.empty()).arrived(List.of(record(7, now.minus(Duration.ofHours(23)))), false, now);
        assertEquals(List.of(new RecordsPossiblyLost(SHARD, Optional.of(oldest), now.minus(DAY))), told);
    }

    @Test
    void theFirstStartOwesNothingThatWasThereBefore() {
        RetentionWatch watch = open(Optional.empty());
        watch.arrived(List.of(record(1, now.minus(DAY))), false, now);
        held.add("1");
        watch.arrived(List.of(record(2, now.minus(Duration.ofHours(23)))), false, now);
        assertEquals(List.of(), told);
    }

    @Test
    void aReaderAtTheEdgeIsProbedAndToldOfOnceAMinute() {
        RetentionWatch watch = open(Optional.empty());
        watch.arrived(List.of(record(1, now.minus(DAY))), false, now);
        Instant first = now.minus(DAY);
        for (int i = 2; i < 62; i++) {
            now = now.plusSeconds(2);
            watch.arrived(List.of(record(i, now.minus(DAY))), false, now);
        }
        assertEquals(60, probed.size());
        assertEquals(2, told.size(), told.toString());
        assertEquals(Optional.of(first), ((RecordsPossiblyLost) told.get(0)).since());
        watch.ended();
        assertEquals(3, told.size(), "the rest");
    }

    @Test
    void aLeaseFromBeforeMarksWereKeptIsProbed() {
        open(Optional.of("5")).arrived(List.of(record(9, now)), true, now);
        assertEquals(List.of(new RecordsPossiblyLost(SHARD, Optional.empty(), now.minus(DAY))), told);
        assertEquals(List.of("5"), probed);
    }

    @Test
    void aShardOfWhichNothingIsLeftIsSuspectedAtItsEnd() {
        mark = Optional.of(new ReadMark(now.minus(Duration.ofDays(3)), DAY));
        open(Optional.of("5")).ended();
        assertEquals(1, told.size());
    }

    @Test
    void aRaisedRetentionBringsNothingBack() {
        mark = Optional.of(new ReadMark(now.minus(Duration.ofHours(30)), DAY));
        retention = Duration.ofDays(7);
        open(Optional.of("5")).arrived(List.of(), true, now);
        assertEquals(1, told.size());
    }

    @Test
    void anAnswerThatBringsNothingBelowTheTipTellsNothing() {
        mark = Optional.of(new ReadMark(now.minus(Duration.ofDays(3)), DAY));
        RetentionWatch watch = open(Optional.of("5"));
        watch.arrived(List.of(), false, now);
        assertEquals(List.of(), told);
    }

    @Test
    void onlyWhatIsCommittedIsKept() {
        RetentionWatch watch = open(Optional.empty());
        Instant start = now;
        watch.arrived(List.of(record(1, start)), true, now);
        watch.taken(open(1, Optional.empty()));
        now = now.plus(Duration.ofHours(1));
        watch.arrived(List.of(record(2, now)), true, now);
        watch.taken(open(2, Optional.empty()));
        assertEquals(start, mark.orElseThrow().upTo());
        now = now.plus(Duration.ofHours(1));
        Instant second = now;
        watch.arrived(List.of(record(3, now)), true, now);
        watch.taken(open(3, Optional.of(2L)));
        watch.arrived(List.of(), true, now);
        assertEquals(start, mark.orElseThrow().upTo(), "the sample was of the first answer, less than ten minutes on");
        watch.taken(open(3, Optional.of(3L)));
        assertEquals(second, mark.orElseThrow().upTo());
    }

    private RetentionWatch open(Optional<String> checkpoint) {
        return new RetentionWatch(SHARD, checkpoint, this, () -> now, told::add);
    }

    private static ShardStatus committed(long position) {
        return open(position, Optional.of(position));
    }

    private static ShardStatus open(long taken, Optional<Long> checkpoint) {
        return new ShardStatus(
                SHARD,
                ShardStatus.State.RUNNING,
                checkpoint.map(RetentionWatchTest::position),
                Optional.of(position(taken)),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static Position position(long sequence) {
        return new Position(Long.toString(sequence), 0);
    }

    private static SourceRecord record(long sequence, Instant arrival) {
        return new SourceRecord(Long.toString(sequence), 0, "key", arrival, ByteBuffer.allocate(0));
    }

    @Override
    public Duration of(String stream) {
        return retention;
    }

    @Override
    public boolean holds(ShardRef shard, String sequenceNumber) {
        probed.add(sequenceNumber);
        return held.contains(sequenceNumber);
    }

    @Override
    public Optional<ReadMark> mark(ShardRef shard) {
        return mark;
    }

    @Override
    public void keep(ShardRef shard, ReadMark committed) {
        mark = Optional.of(committed);
    }
}
