package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What GetRecords and SubscribeToShard both show of a read: its records, and the children of a shard at its end. */
final class RecordWriter {

    private RecordWriter() {}

    static void writeRecords(JsonGenerator out, RecordLog.Slice slice, Shard shard) throws IOException {
        out.writeArrayFieldStart("Records");
        for (Segment.View view : slice.views()) {
            writeView(out, view, shard);
        }
        out.writeEndArray();
    }

    private static void writeView(JsonGenerator out, Segment.View view, Shard shard) throws IOException {
        SequenceDigits digits = shard.digitsBefore(view);
        byte[] ascii = new byte[SequenceDigits.LENGTH];
        for (int i = 0; i < view.size(); i++) {
            long arrival = view.arrival(i);
            digits.next(shard.secondOf(arrival));
            digits.writeTo(ascii, 0);
            out.writeStartObject();
            out.writeFieldName("SequenceNumber");
            out.writeRawUTF8String(ascii, 0, ascii.length);
            Wire.writeTimestamp(out, "ApproximateArrivalTimestamp", arrival);
            out.writeFieldName("Data");
            out.writeBinary(view.bytes(), view.dataStart(i), view.dataLength(i));
            out.writeFieldName("PartitionKey");
            out.writeUTF8String(view.bytes(), view.keyStart(i), view.keyLength(i));
            out.writeEndObject();
        }
    }

    static void writeChildShards(JsonGenerator out, Shard.Closing closing) throws IOException {
        out.writeArrayFieldStart("ChildShards");
        for (Shard child : closing.children()) {
            out.writeStartObject();
            out.writeStringField("ShardId", child.id());
            out.writeArrayFieldStart("ParentShards");
            for (String parentId : child.parentIds()) {
                out.writeString(parentId);
            }
            out.writeEndArray();
            ShardWriter.writeHashKeyRange(out, child.range());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
