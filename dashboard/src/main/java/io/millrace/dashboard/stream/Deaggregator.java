package io.millrace.dashboard.stream;

import io.millrace.lake.kpl.KplAggregate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.kinesis.model.Record;

/** A Kinesis record to the records that a producer put: itself, or those packed into it. */
final class Deaggregator {

    private static final int MAX_SHOWN_CHARS = 64 * 1024;

    /** A record and its place in an aggregate. */
    record Part(Record record, long subSequenceNumber, boolean aggregated, String partitionKey, ByteBuffer data) {

        ShownRecord shown() {
            RecordText.Unpacked unpacked = RecordText.unpack(data);
            boolean tooLong = unpacked.text().length() > MAX_SHOWN_CHARS;
            return new ShownRecord(
                    record.sequenceNumber(),
                    subSequenceNumber,
                    aggregated,
                    partitionKey,
                    record.approximateArrivalTimestamp(),
                    data.remaining(),
                    unpacked.gzip(),
                    tooLong ? unpacked.text().substring(0, MAX_SHOWN_CHARS) : unpacked.text(),
                    tooLong || unpacked.cut());
        }

        /** Adds the events in it, each no longer than what is shown of a record. */
        void addEvents(String shardId, List<TailEvent> events) {
            for (String event : RecordText.events(RecordText.unpack(data).text())) {
                String text = event.length() > MAX_SHOWN_CHARS ? event.substring(0, MAX_SHOWN_CHARS) : event;
                events.add(new TailEvent(record.approximateArrivalTimestamp(), shardId, record.sequenceNumber(), text));
            }
        }
    }

    private Deaggregator() {}

    static List<Part> parts(Record record) {
        return KplAggregate.read(record.data().asByteBuffer())
                .map(packed -> IntStream.range(0, packed.size())
                        .mapToObj(i -> new Part(
                                record,
                                i,
                                true,
                                packed.get(i).partitionKey(),
                                packed.get(i).data()))
                        .toList())
                .orElseGet(() -> List.of(new Part(
                        record, 0, false, record.partitionKey(), record.data().asByteBuffer())));
    }
}
