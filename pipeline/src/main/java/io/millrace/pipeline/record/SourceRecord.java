package io.millrace.pipeline.record;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One record as it came from Kinesis, or a part of a KPL aggregate; not yet parsed.
 *
 * @param position where it stands, and its place within an aggregate
 * @param partitionKey Kinesis's partition key; it only serves dead letters
 * @param arrival Kinesis's approximate arrival time; it stands in for an event's time where that cannot be read
 * @param data not to be written to; its position and limit are left as they are
 */
public record SourceRecord(Position position, String partitionKey, Instant arrival, ByteBuffer data) {

    public SourceRecord(
            String sequenceNumber, long subSequenceNumber, String partitionKey, Instant arrival, ByteBuffer data) {
        this(new Position(sequenceNumber, subSequenceNumber), partitionKey, arrival, data);
    }
}
