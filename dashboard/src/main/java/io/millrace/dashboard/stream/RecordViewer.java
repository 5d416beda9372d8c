package io.millrace.dashboard.stream;

import io.millrace.dashboard.stream.RecordPosition.AfterSequenceNumber;
import io.millrace.dashboard.stream.RecordPosition.AtSequenceNumber;
import io.millrace.dashboard.stream.RecordPosition.AtTimestamp;
import io.millrace.dashboard.stream.RecordPosition.Latest;
import io.millrace.dashboard.stream.RecordPosition.TrimHorizon;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads a page of records from a shard. Every page takes one or a few of the five reads a second that AWS allows on a shard,
 * consumers included. Thread-safe.
 */
public final class RecordViewer {

    /** An answer may be empty though records follow: Kinesis searches a stretch of time a call. */
    private static final int MAX_EMPTY_READS = 4;

    /** Clocks differ. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final KinesisClient kinesis;
    private final InstantSource clock;

    public RecordViewer(KinesisClient kinesis, InstantSource clock) {
        this.kinesis = kinesis;
        this.clock = clock;
    }

    /** At most {@code limit} Kinesis records; an aggregated one counts as one, and is shown whole. */
    public RecordPage read(String stream, String shardId, RecordPosition position, int limit) {
        String iterator = iterator(stream, shardId, position);
        GetRecordsResponse response = null;
        for (int reads = 0; iterator != null && reads <= MAX_EMPTY_READS; reads++) {
            String current = iterator;
            response = kinesis.getRecords(r -> r.shardIterator(current).limit(limit));
            iterator = response.nextShardIterator();
            if (!response.records().isEmpty() || response.millisBehindLatest() == 0) {
                break;
            }
        }
        List<ShownRecord> shown = new ArrayList<>();
        for (Record record : response.records()) {
            Deaggregator.parts(record).forEach(part -> shown.add(part.shown()));
        }
        return new RecordPage(shardId, shown, next(response), response.millisBehindLatest());
    }

    /** Not the iterator that Kinesis gave: that is good for five minutes only, and could be one of another stream. */
    private String next(GetRecordsResponse response) {
        if (response.nextShardIterator() == null) {
            return null;
        }
        List<Record> records = response.records();
        return records.isEmpty()
                ? "time:"
                        + clock.instant()
                                .minusMillis(response.millisBehindLatest())
                                .minus(MARGIN)
                : "after:" + records.get(records.size() - 1).sequenceNumber();
    }

    private String iterator(String stream, String shardId, RecordPosition position) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamName(stream).shardId(shardId);
        if (position instanceof TrimHorizon) {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        } else if (position instanceof Latest) {
            request.shardIteratorType(ShardIteratorType.LATEST);
        } else if (position instanceof AtTimestamp at) {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
        } else if (position instanceof AtSequenceNumber at) {
            request.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER).startingSequenceNumber(at.sequenceNumber());
        } else if (position instanceof AfterSequenceNumber after) {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after.sequenceNumber());
        }
        return kinesis.getShardIterator(request.build()).shardIterator();
    }
}
