package io.millrace.pipeline.shard;

import io.millrace.lake.deadletter.DeadLetter;
import io.millrace.lake.deadletter.DeadLetter.Origin;
import io.millrace.lake.deadletter.DeadLetter.Piece;
import io.millrace.lake.deadletter.DeadLetterReason;
import io.millrace.lake.event.EventTime;
import io.millrace.lake.partition.OutputPartition;
import io.millrace.lake.partition.Partitioner;
import io.millrace.pipeline.buffer.ShardBuffer;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.parse.EventParser;
import io.millrace.pipeline.parse.OneLine;
import io.millrace.pipeline.parse.ParseResult;
import io.millrace.pipeline.parse.ParseResult.Malformed;
import io.millrace.pipeline.parse.ParseResult.Parsed;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Takes records into a buffer under one layout: parse, assign, append. What it makes of a record depends on the record
 * and the layout alone, never on the time or the machine. With dedupe, an id seen before drops a copy, and decides nothing
 * else: not which events are dead letters, which a replay that has seen less must find again. Not thread-safe.
 */
public final class RecordAppender {

    /**
     * One record's events go to so many output partitions at most, and those beyond to dead letters: else one hostile record
     * could open partitions beyond all memory.
     */
    static final int PARTITION_LIMIT = 1_000;

    private final ShardRef shard;
    private final Optional<SeenIds> seenIds;
    private final int partitionLimit;
    private final boolean dropsCopiesUncounted;
    private final EventParser parser;
    private final Partitioner partitioner = new Partitioner();
    private final RecordData data = new RecordData();

    private SourceRecord record;
    private ShardBuffer buffer;
    private int pieces;
    /** The output partition of the record's last event, and all of its partitions where there are several. */
    private OutputPartition latest;

    private final Set<OutputPartition> partitions = new HashSet<>();

    /** @param partitionLimit {@link #PARTITION_LIMIT}, or less in a test */
    RecordAppender(ShardRef shard, Layout layout, Optional<SeenIds> seenIds, int partitionLimit) {
        this.shard = shard;
        this.seenIds = seenIds;
        this.partitionLimit = partitionLimit;
        this.dropsCopiesUncounted = layout.dropsCopiesUncounted();
        this.parser = new EventParser(
                layout.serviceField(),
                layout.timestampField(),
                layout.dedupeField().orElse(""),
                layout.timeForms());
    }

    /** @param dedupeCapacity ids remembered, where the layout has a dedupe field */
    public static RecordAppender of(ShardRef shard, Layout layout, int dedupeCapacity) {
        return new RecordAppender(
                shard, layout, layout.dedupeField().map(field -> new SeenIds(dedupeCapacity)), PARTITION_LIMIT);
    }

    /** Reads the record's data, which {@link #append} then takes in. */
    RecordData read(SourceRecord record) {
        data.read(record);
        return data;
    }

    /** Takes one record in. */
    public void take(SourceRecord record, ShardBuffer buffer, Instant now) {
        data.read(record);
        boolean inflated;
        do {
            inflated = data.inflate();
        } while (!inflated);
        append(record, buffer, now);
    }

    /** Takes in the record that was read last. */
    void append(SourceRecord record, ShardBuffer buffer, Instant now) {
        this.record = record;
        this.buffer = buffer;
        pieces = 0;
        latest = null;
        partitions.clear();
        buffer.startRecord(record.position(), now);
        if (data.problem().isPresent()) {
            deadLetter(data.problem().get());
        } else {
            parser.parse(data.data(), data.length(), this::piece);
        }
        data.release();
    }

    private void piece(ParseResult piece) {
        pieces++;
        if (piece instanceof Parsed event) {
            event(event);
        } else if (piece instanceof Malformed malformed) {
            deadLetter(malformed);
        }
    }

    private void event(Parsed event) {
        if (dropsCopiesUncounted && isCopy(event)) {
            buffer.countDuplicate();
            return;
        }
        boolean hasTime = event.epochSecond() != EventTime.NONE;
        long second = hasTime ? event.epochSecond() : record.arrival().getEpochSecond();
        OutputPartition partition = partitioner.assign(event.service(), second);
        if (!fits(partition)) {
            String error = "the record's events belong to more than " + partitionLimit + " output partitions";
            deadLetter(new Malformed(
                    DeadLetterReason.TOO_MANY_PARTITIONS,
                    error,
                    event.data(),
                    event.offset(),
                    event.length(),
                    pieces - 1));
        } else if (!dropsCopiesUncounted && isCopy(event)) {
            buffer.countDuplicate();
        } else {
            append(event, partition, hasTime);
        }
    }

    /** Remembers the event's id; a dead letter's is not remembered, for it may be put on the stream again. */
    private boolean isCopy(Parsed event) {
        return seenIds.isPresent() && !event.id().isEmpty() && !seenIds.get().add(event.id());
    }

    private void append(Parsed event, OutputPartition partition, boolean hasTime) {
        if (!hasTime) {
            buffer.countTimestampFallback();
        }
        if (event.hasLineBreaks()) {
            buffer.append(partition, out -> OneLine.write(event.data(), event.offset(), event.length(), out));
        } else {
            buffer.append(partition, event.data(), event.offset(), event.length());
        }
    }

    private boolean fits(OutputPartition partition) {
        if (latest == null || latest.equals(partition)) {
            latest = partition;
            return true;
        }
        partitions.add(latest);
        if (partitions.size() >= partitionLimit && !partitions.contains(partition)) {
            return false;
        }
        partitions.add(partition);
        latest = partition;
        return true;
    }

    private void deadLetter(Malformed piece) {
        OutputPartition partition = OutputPartition.deadLetter(
                piece.reason().text(), record.arrival().getEpochSecond());
        Origin origin = new Origin(
                shard.stream(),
                shard.shardId(),
                record.position().sequenceNumber(),
                record.position().subSequenceNumber(),
                record.partitionKey(),
                record.arrival());
        Piece whole =
                new Piece(piece.reason(), piece.error(), piece.index(), piece.data(), piece.offset(), piece.length());
        buffer.append(partition, out -> DeadLetter.write(out, origin, whole));
    }
}
