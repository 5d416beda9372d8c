package io.millrace.consumer.shard;

import io.millrace.consumer.record.KplAggregate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Takes KPL aggregates apart, in KCL's place: the same records under the same sub-sequence numbers, and nothing is left
 * out. KCL's own drops what does not fit (a key that is missing from the aggregate's table, a hash key that is no number
 * or belongs to another shard) and, without {@code javax.xml.bind}, ends the worker over it. Here a record's hash key is
 * not looked at, and an aggregate whose tables are wrong stays one record, which becomes a dead letter. Thread-safe.
 */
public final class KclAggregates extends AggregatorUtil {

    /** Every hash key is welcome. The list may be changed by the caller, as KCL does. */
    @Override
    public List<KinesisClientRecord> deaggregate(
            List<KinesisClientRecord> records, BigInteger startingHashKey, BigInteger endingHashKey) {
        return deaggregate(records);
    }

    @Override
    public List<KinesisClientRecord> deaggregate(List<KinesisClientRecord> records) {
        return new ArrayList<>(WholeRead.wrap(KplAggregate.takeApart(WholeRead.unwrap(records))));
    }
}
