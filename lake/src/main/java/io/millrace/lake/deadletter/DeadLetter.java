package io.millrace.lake.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What could not be read as an event, and where it came from. In the lake it is one line:
 *
 * <pre>{@code
 * {"reason":"not-json","error":"byte 7 of it is not a value","stream":"…","shard":"shardId-…",
 *  "sequence_number":"4959…","sub_sequence_number":0,"partition_key":"…","arrival_time":"2025-11-09T13:24:33.120Z",
 *  "index":3,"offset":812,"data":"<base64>"}
 * }</pre>
 *
 * <p>{@code index} counts the record's pieces from 0 and {@code offset} its bytes, after inflating where it was gzip.
 * {@code data} is the piece alone; of a record that could not be inflated, the whole record as it came. It is never cut:
 * Kinesis limits records to 10 MiB, and the pipeline what they inflate to. Immutable, its data aside.
 *
 * @param reason one of {@link DeadLetterReason}'s texts, or a later version's
 * @param data the piece
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares letters; they are read and put back on the stream
public record DeadLetter(String reason, String stream, String partitionKey, Instant arrival, byte[] data) {

    /** A piece of 10 MiB is longer in base64. */
    private static final int LONGEST_STRING = 512 * 1024 * 1024;

    private static final String UNKNOWN_REASON = "unknown";
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .build();

    /** The record that a piece came in. */
    public record Origin(
            String stream,
            String shard,
            String sequenceNumber,
            long subSequenceNumber,
            String partitionKey,
            Instant arrival) {}

    /**
     * A piece of a record.
     *
     * @param error one line for people
     * @param index how many pieces of the record came before it
     * @param data the record's data; the piece is {@code length} bytes from {@code offset}
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Piece(DeadLetterReason reason, String error, int index, byte[] data, int offset, int length) {}

    /** Writes the line, without a line break, and leaves the stream open. The data are not copied. */
    public static void write(OutputStream out, Origin origin, Piece piece) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("reason", piece.reason().text());
            json.writeStringField("error", piece.error());
            json.writeStringField("stream", origin.stream());
            json.writeStringField("shard", origin.shard());
            json.writeStringField("sequence_number", origin.sequenceNumber());
            json.writeNumberField("sub_sequence_number", origin.subSequenceNumber());
            json.writeStringField("partition_key", origin.partitionKey());
            json.writeStringField("arrival_time", origin.arrival().toString());
            json.writeNumberField("index", piece.index());
            json.writeNumberField("offset", piece.offset());
            json.writeFieldName("data");
            json.writeBinary(piece.data(), piece.offset(), piece.length());
            json.writeEndObject();
        }
    }

    /**
     * Reads a line that {@link #write} wrote, in this version or another.
     *
     * @throws IOException where it is no dead letter; the message says to people why
     */
    public static DeadLetter parse(String line) throws IOException {
        Map<String, String> fields = new HashMap<>();
        byte[] data = null;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("data")) {
                    data = json.getBinaryValue();
                } else {
                    fields.put(name, json.getText());
                    json.skipChildren();
                }
            }
        }
        if (data == null || fields.get("partition_key") == null || fields.get("stream") == null) {
            throw new IOException("it lacks data, stream or partition_key");
        }
        try {
            return new DeadLetter(
                    fields.getOrDefault("reason", UNKNOWN_REASON),
                    fields.get("stream"),
                    fields.get("partition_key"),
                    Instant.parse(fields.getOrDefault("arrival_time", "")),
                    data);
        } catch (DateTimeException e) {
            throw new IOException("its arrival_time is no time", e);
        }
    }
}
