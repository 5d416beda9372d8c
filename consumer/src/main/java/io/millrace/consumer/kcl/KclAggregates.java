package io.millrace.consumer.kcl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Keeps KCL from taking KPL aggregates apart: a read stays one {@link WholeRead}, and the pipeline does the rest. KCL
 * drops what does not fit (a key that is missing from the aggregate's table, a hash key that is no number or belongs to
 * another shard) and, without {@code javax.xml.bind}, ends the worker over it; and it passes over a read in which anything
 * is thrown before its record processor is called. Thread-safe.
 */
public final class KclAggregates extends AggregatorUtil {

    @Override
    public List<KinesisClientRecord> deaggregate(
            List<KinesisClientRecord> records, BigInteger startingHashKey, BigInteger endingHashKey) {
        return deaggregate(records);
    }

    /** The list may be changed by the caller, as KCL does. */
    @Override
    public List<KinesisClientRecord> deaggregate(List<KinesisClientRecord> records) {
        return new ArrayList<>(records);
    }
}
