package io.millrace.pipeline.shard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.pipeline.parse.ParseResult.Malformed;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The line that a malformed piece becomes; with a new name or meaning for a field, {@code redrive} must follow:
 *
 * <pre>{@code
 * {"reason":"not-json","error":"byte 7 of it is not a value","stream":"…","shard":"shardId-…",
 *  "sequence_number":"4959…","sub_sequence_number":0,"partition_key":"…","arrival_time":"2025-11-09T13:24:33.120Z",
 *  "index":3,"offset":812,"data":"<base64>"}
 * }</pre>
 *
 * <p>{@code index} counts the record's pieces from 0 and {@code offset} its bytes, after inflating where it was gzip.
 * {@code data} is the piece alone; of a record that could not be inflated, the whole record as it came. It is never cut:
 * Kinesis limits records to 10 MiB, and {@code Gzip.LIMIT_BYTES} what they inflate to.
 */
final class DeadLetter {

    private static final JsonFactory JSON = new JsonFactory();

    private DeadLetter() {}

    static void write(OutputStream out, Malformed piece, ShardRef shard, SourceRecord record) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("reason", piece.reason().text());
            json.writeStringField("error", piece.error());
            json.writeStringField("stream", shard.stream());
            json.writeStringField("shard", shard.shardId());
            json.writeStringField("sequence_number", record.position().sequenceNumber());
            json.writeNumberField("sub_sequence_number", record.position().subSequenceNumber());
            json.writeStringField("partition_key", record.partitionKey());
            json.writeStringField("arrival_time", record.arrival().toString());
            json.writeNumberField("index", piece.index());
            json.writeNumberField("offset", piece.offset());
            json.writeFieldName("data");
            json.writeBinary(piece.data(), piece.offset(), piece.length());
            json.writeEndObject();
        }
    }
}
