package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The API's {@code Shard} object. */
final class ShardWriter {

    private ShardWriter() {}

    static void write(JsonGenerator out, Shard shard) throws IOException {
        out.writeStartObject();
        out.writeStringField("ShardId", shard.id());
        if (!shard.parentIds().isEmpty()) {
            out.writeStringField("ParentShardId", shard.parentIds().get(0));
        }
        if (shard.parentIds().size() > 1) {
            out.writeStringField("AdjacentParentShardId", shard.parentIds().get(1));
        }
        writeHashKeyRange(out, shard.range());
        out.writeObjectFieldStart("SequenceNumberRange");
        out.writeStringField("StartingSequenceNumber", shard.start().toString());
        Shard.Closing closing = shard.closing();
        if (closing != null) {
            out.writeStringField("EndingSequenceNumber", closing.end().toString());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    static void writeHashKeyRange(JsonGenerator out, HashKeyRange range) throws IOException {
        out.writeObjectFieldStart("HashKeyRange");
        out.writeStringField("StartingHashKey", range.start().toString());
        out.writeStringField("EndingHashKey", range.end().toString());
        out.writeEndObject();
    }
}
