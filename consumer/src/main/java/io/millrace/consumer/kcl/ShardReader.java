package io.millrace.consumer.kcl;

import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.retrieval.DataFetcherResult;
import software.amazon.kinesis.retrieval.GetRecordsResponseAdapter;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetryableRetrievalException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.polling.DataFetcher;

/**
 * KCL's reader of one shard, with what KCL leaves out: the bytes of all shards are bounded together, and a failing
 * Kinesis is an empty answer (so that the pipeline's clock goes on and what is buffered gets written).
 *
 * <p>Shards that wait for memory hold what they have read. So the one shard that they wait for is read without room for it:
 * one answer beyond the budget, where otherwise nobody would ever go on.
 *
 * <p>Used by the shard's reading thread alone, which KCL also lets process the records (no prefetch): when it reads
 * again, the records of the last read have been taken over.
 */
final class ShardReader implements DataFetcher {

    private final DataFetcher delegate;
    private final ShardRef shard;
    private final ReadSize size;
    private final ReadRate rate;
    private final ReadBudget budget;
    private final BooleanSupplier awaited;
    private final Duration longestWait;
    private final ReadListener listener;

    private long heldBytes;
    private Instant begun = Instant.EPOCH;
    private String iterator;

    /**
     * @param awaited whether the other shards wait until this one has read on
     * @param longestWait how long to wait for room before an empty answer is given instead
     */
    ShardReader(
            DataFetcher delegate,
            ShardRef shard,
            ReadSize size,
            ReadRate rate,
            ReadBudget budget,
            BooleanSupplier awaited,
            Duration longestWait,
            ReadListener listener) {
        this.delegate = delegate;
        this.shard = shard;
        this.size = size;
        this.rate = rate;
        this.budget = budget;
        this.awaited = awaited;
        this.longestWait = longestWait;
        this.listener = listener;
    }

    @Override
    public DataFetcherResult getRecords() {
        takenOver();
        boolean reserved = reserve();
        if (!reserved && !awaited.getAsBoolean()) {
            return nothing(null);
        }
        begun = Instant.now();
        long used = 0;
        try {
            GetRecordsResponseAdapter answer = delegate.getRecords().acceptAdapter();
            List<KinesisClientRecord> records = answer.records();
            used = WholeRead.bytes(records);
            size.observe(WholeRead.count(records), used);
            rate.answered(begun, Instant.now(), used);
            iterator = answer.nextShardIterator();
            listener.readSucceeded(shard);
            heldBytes = reserved ? used : 0;
            return new Result(ShardRead.of(answer), delegate.isShardEndReached());
        } catch (ExpiredIteratorException | InvalidArgumentException e) {
            listener.iteratorExpired(shard);
            throw e;
        } catch (SdkException | RetryableRetrievalException e) {
            if (e instanceof ProvisionedThroughputExceededException) {
                rate.refused();
            }
            listener.readFailed(shard, e);
            return nothing(e);
        } finally {
            if (reserved) {
                budget.shrinkReservation(used);
            }
        }
    }

    /** When Kinesis was asked last. */
    Instant begun() {
        return begun;
    }

    ReadRate rate() {
        return rate;
    }

    /** Gives back what the last read held: the pipeline has its records, or wants them no more. */
    void takenOver() {
        budget.release(heldBytes);
        heldBytes = 0;
    }

    @Override
    public void initialize(String checkpoint, InitialPositionInStreamExtended position) {
        delegate.initialize(checkpoint, position);
        iterator = null;
    }

    @Override
    public void initialize(ExtendedSequenceNumber checkpoint, InitialPositionInStreamExtended position) {
        delegate.initialize(checkpoint, position);
        iterator = null;
    }

    @Override
    public void advanceIteratorTo(String sequenceNumber, InitialPositionInStreamExtended position) {
        delegate.advanceIteratorTo(sequenceNumber, position);
        iterator = null;
    }

    @Override
    public void restartIterator() {
        delegate.restartIterator();
        iterator = null;
    }

    @Override
    public void resetIterator(String shardIterator, String sequenceNumber, InitialPositionInStreamExtended position) {
        delegate.resetIterator(shardIterator, sequenceNumber, position);
        iterator = shardIterator;
    }

    @Override
    public StreamIdentifier getStreamIdentifier() {
        return delegate.getStreamIdentifier();
    }

    @Override
    public boolean isShardEndReached() {
        return delegate.isShardEndReached();
    }

    @Override
    public GetRecordsResponse getGetRecordsResponse(GetRecordsRequest request) {
        throw new UnsupportedOperationException("KCL asks the inner fetcher");
    }

    @Override
    public GetRecordsRequest getGetRecordsRequest(String nextIterator) {
        throw new UnsupportedOperationException("KCL asks the inner fetcher");
    }

    @Override
    public String getNextIterator(GetShardIteratorRequest request) {
        throw new UnsupportedOperationException("KCL asks the inner fetcher");
    }

    @Override
    public GetRecordsResponse getRecords(String nextIterator) {
        throw new UnsupportedOperationException("KCL asks the inner fetcher");
    }

    private boolean reserve() {
        try {
            return budget.tryReserve(awaited.getAsBoolean() ? Duration.ZERO : longestWait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** An answer without records. KCL takes one without an iterator for the shard's end, so there must be one. */
    private DataFetcherResult nothing(RuntimeException cause) {
        if (iterator == null) {
            throw new RetryableRetrievalException("no place in the shard yet", cause);
        }
        return new Result(ShardRead.nothing(iterator), false);
    }

    /** A read, as KCL takes it. */
    record Result(GetRecordsResponseAdapter answer, boolean isShardEnd) implements DataFetcherResult {

        @Override
        public GetRecordsResponseAdapter getResultAdapter() {
            return answer;
        }

        @Override
        public GetRecordsResponseAdapter acceptAdapter() {
            return answer;
        }

        @Override
        @Deprecated
        public GetRecordsResponse getResult() {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        public GetRecordsResponse accept() {
            throw new UnsupportedOperationException();
        }
    }
}
