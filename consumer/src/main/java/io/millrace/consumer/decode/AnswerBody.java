package io.millrace.consumer.decode;

import io.millrace.consumer.decode.CborReader.UnexpectedException;
import io.millrace.pipeline.record.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GetRecords answer in CBOR (API reference, GetRecords: Response Elements), its records and what is left without them.
 *
 * @param records their data are parts of the pieces that the answer came in, so a record in one of them is not copied
 * @param rest the answer without its records, in CBOR
 * @param nextShardIterator null at the shard's end
 */
record AnswerBody(List<SourceRecord> records, ByteBuffer rest, String nextShardIterator) {

    private static final Logger log = LoggerFactory.getLogger(AnswerBody.class);

    private static final byte[][] NAMES = names("Records", "NextShardIterator");
    private static final int RECORDS = 0;
    private static final int NEXT_SHARD_ITERATOR = 1;

    private static final byte[][] RECORD_NAMES =
            names("Data", "PartitionKey", "SequenceNumber", "ApproximateArrivalTimestamp");
    private static final int DATA = 0;
    private static final int PARTITION_KEY = 1;
    private static final int SEQUENCE_NUMBER = 2;
    private static final int ARRIVAL = 3;

    private static final int OPEN_MAP = 0xBF;
    private static final int BREAK = 0xFF;

    /** Reads an answer from the pieces that it came in; empty where it is anything but what Kinesis is known to send. */
    static Optional<AnswerBody> read(List<ByteBuffer> pieces) {
        try {
            return Optional.of(readAll(new CborReader(pieces)));
        } catch (UnexpectedException | RuntimeException e) { // what is thrown here, the SDK would never hear of
            log.debug("Left to the SDK: a GetRecords answer has {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static AnswerBody readAll(CborReader reader) throws UnexpectedException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(OPEN_MAP);
        List<SourceRecord> records = null;
        String nextShardIterator = null;
        int entries = reader.beginMap();
        for (int i = 0; entries < 0 ? !reader.readBreak() : i < entries; i++) {
            int begin = reader.position();
            int name = reader.textOf(NAMES);
            if (name == RECORDS && records == null) {
                records = records(reader);
                continue;
            }
            if (name == NEXT_SHARD_ITERATOR && nextShardIterator == null) {
                nextShardIterator = reader.textOrNull();
            } else if (name < 0) {
                reader.skip();
            } else {
                throw new UnexpectedException("twice the same");
            }
            reader.copy(begin, reader.position(), rest);
        }
        if (records == null || !reader.isAtEnd()) {
            throw new UnexpectedException("no records, or something behind the answer");
        }
        rest.write(BREAK);
        return new AnswerBody(records, ByteBuffer.wrap(rest.toByteArray()), nextShardIterator);
    }

    private static List<SourceRecord> records(CborReader reader) throws UnexpectedException {
        List<SourceRecord> records = new ArrayList<>();
        int count = reader.beginArray();
        for (int i = 0; count < 0 ? !reader.readBreak() : i < count; i++) {
            records.add(record(reader));
        }
        return records;
    }

    private static SourceRecord record(CborReader reader) throws UnexpectedException {
        ByteBuffer data = null;
        String partitionKey = null;
        String sequenceNumber = null;
        Instant arrival = null;
        int entries = reader.beginMap();
        for (int i = 0; entries < 0 ? !reader.readBreak() : i < entries; i++) {
            switch (reader.textOf(RECORD_NAMES)) {
                case DATA -> data = once(data, reader.bytes());
                case PARTITION_KEY -> partitionKey = once(partitionKey, reader.text());
                case SEQUENCE_NUMBER -> sequenceNumber = once(sequenceNumber, reader.text());
                case ARRIVAL -> arrival = once(arrival, Instant.ofEpochMilli(reader.integer()));
                default -> reader.skip();
            }
        }
        if (data == null || partitionKey == null || sequenceNumber == null || arrival == null) {
            throw new UnexpectedException("a record without one of its fields");
        }
        return new SourceRecord(sequenceNumber, 0, partitionKey, arrival, data);
    }

    private static <T> T once(T before, T now) throws UnexpectedException {
        if (before != null) {
            throw new UnexpectedException("twice the same");
        }
        return now;
    }

    private static byte[][] names(String... names) {
        return Stream.of(names)
                .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }
}
