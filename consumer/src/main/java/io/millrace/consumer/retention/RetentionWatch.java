package io.millrace.consumer.retention;

import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.RecordsPossiblyLost;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees whether retention overtook the reading of one shard.
 *
 * <p>Kinesis goes on at its oldest record where those before it are gone, and says nothing; and sequence numbers have
 * holes anyway. So this asks of the times: what arrived after the time up to which all was read is still there unless
 * that time is longer ago than the retention. Where it is, Kinesis is asked for the record read last: if that is still
 * there, so is all that came after it. If not, there may have been others, and it is said that they are possibly lost.
 *
 * <p>Up to when all is committed is kept in the lease every ten minutes, for whoever resumes the shard: a shard that was
 * quiet for longer than its retention has lost its last record and nothing else. Used by the shard's thread alone.
 */
public final class RetentionWatch {

    private static final Duration KEEP_EVERY = Duration.ofMinutes(10);
    /** A reader at the very edge of the retention may lose some with each read. */
    private static final Duration REPORT_EVERY = Duration.ofMinutes(1);

    private final ShardRef shard;
    private final Retention retention;
    private final InstantSource clock;
    private final Consumer<PipelineEvent> listener;

    private Optional<ReadMark> read;
    private Optional<String> last;
    private Optional<Instant> kept;
    private Optional<Sample> sample = Optional.empty();
    private Optional<Gap> gap = Optional.empty();
    private Instant reported = Instant.EPOCH;

    /** What was read when this position had been taken in. */
    private record Sample(Optional<Position> taken, ReadMark read) {}

    /** A time that arrivals are missing from, perhaps. */
    private record Gap(Optional<Instant> since, Instant until) {}

    /**
     * Looks up what is known of the shard.
     *
     * @param checkpoint the sequence number that it resumes after, if it does
     * @throws RuntimeException where the lease table does not answer
     */
    public RetentionWatch(
            ShardRef shard,
            Optional<String> checkpoint,
            Retention retention,
            InstantSource clock,
            Consumer<PipelineEvent> listener) {
        this.shard = shard;
        this.retention = retention;
        this.clock = clock;
        this.listener = listener;
        this.last = checkpoint;
        this.read = retention.mark(shard);
        this.kept = read.map(ReadMark::upTo);
    }

    /**
     * Kinesis has answered, and its records are about to be taken in. An answer that brings nothing tells something only
     * at the tip.
     *
     * @param atTip whether Kinesis has no more
     * @param at when it answered
     */
    public void arrived(List<SourceRecord> records, boolean atTip, Instant at) {
        if (records.isEmpty() && !atTip) {
            return;
        }
        boolean whole = check();
        Instant first = records.isEmpty() ? at : records.get(0).arrival();
        if (kept.isEmpty() || !whole) {
            keep(new ReadMark(first, currentRetention())); // what was before is not owed, or has been told of
        }
        Instant upTo = atTip ? at : records.get(records.size() - 1).arrival();
        Instant latest = read.map(ReadMark::upTo).filter(upTo::isBefore).orElse(upTo);
        read = Optional.of(new ReadMark(latest, currentRetention()));
        if (!records.isEmpty()) {
            last = Optional.of(records.get(records.size() - 1).position().sequenceNumber());
        }
    }

    /** The records that arrived have been taken in. */
    public void taken(ShardStatus status) {
        if (status.state() != ShardStatus.State.RUNNING || read.isEmpty()) {
            return;
        }
        if (sample.isPresent() && !isCommitted(sample.get(), status)) {
            return;
        }
        sample.map(Sample::read)
                .filter(mark ->
                        kept.isEmpty() || !mark.upTo().isBefore(kept.get().plus(KEEP_EVERY)))
                .ifPresent(this::keep);
        sample = Optional.of(new Sample(status.taken(), read.get()));
    }

    /** The shard has ended. Kinesis says the same of one whose records are all past retention. */
    public void ended() {
        check();
        gap.ifPresent(this::report);
    }

    private static boolean isCommitted(Sample sample, ShardStatus status) {
        return sample.taken().isEmpty()
                || status.checkpoint()
                        .filter(at -> !sample.taken().get().isAfter(at))
                        .isPresent();
    }

    /** @return whether nothing can be missing between what was read before and now */
    private boolean check() {
        Instant now = clock.instant();
        gap.filter(told -> !now.isBefore(reported.plus(REPORT_EVERY))).ifPresent(this::report);
        boolean suspicious =
                read.map(mark -> mark.mayHaveLost(now, currentRetention())).orElse(last.isPresent());
        if (!suspicious || (last.isPresent() && retention.holds(shard, last.get()))) {
            return true;
        }
        Instant until = now.minus(currentRetention());
        Optional<Instant> since = gap.isPresent() ? gap.get().since() : read.map(ReadMark::upTo);
        gap = Optional.of(new Gap(since, since.filter(until::isBefore).orElse(until)));
        if (!now.isBefore(reported.plus(REPORT_EVERY))) {
            report(gap.get());
        }
        return false;
    }

    private void report(Gap found) {
        listener.accept(new RecordsPossiblyLost(shard, found.since(), found.until()));
        reported = clock.instant();
        gap = Optional.empty();
    }

    private void keep(ReadMark mark) {
        retention.keep(shard, mark);
        kept = Optional.of(mark.upTo());
    }

    private Duration currentRetention() {
        return retention.of(shard.stream());
    }
}
