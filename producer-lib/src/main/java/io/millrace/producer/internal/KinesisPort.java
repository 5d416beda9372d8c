package io.millrace.producer.internal;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The boundary to Kinesis; thread-safe. */
interface KinesisPort extends AutoCloseable {

    /** Sends the records in one request; never completes exceptionally, and always within the request timeout. */
    CompletionStage<PutReply> put(List<OutRecord> records);

    /** Every shard of the stream, closed ones too; completes exceptionally where Kinesis does not tell. */
    CompletionStage<List<ShardRange>> listShards();

    @Override
    void close();
}
