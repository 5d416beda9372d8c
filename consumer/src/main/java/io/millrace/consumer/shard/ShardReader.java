package io.millrace.consumer.shard;

import io.millrace.consumer.record.ShardRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.retrieval.DataFetcherResult;
import software.amazon.kinesis.retrieval.GetRecordsResponseAdapter;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetryableRetrievalException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.polling.DataFetcher;

/**
 * KCL's reader of one shard, with what KCL leaves out: the bytes of all shards are bounded together, a failing Kinesis
 * is an empty answer (so that the pipeline's clock goes on and what is buffered gets written), and a gap that retention
 * tore is seen, not skipped.
 *
 * <p>Used by the shard's reading thread alone, which KCL also lets process the records (no prefetch): when it reads
 * again, the records of the last read have been taken over.
 */
final class ShardReader implements DataFetcher {

    private final DataFetcher delegate;
    private final ShardRef shard;
    private final ReadSize size;
    private final IntakeBudget budget;
    private final Duration longestWait;
    private final ReadListener listener;

    private long heldBytes;
    private String iterator;
    private String last;
    private boolean checkGap;
    private boolean lastWasTakenOver;
    private InitialPositionInStreamExtended initialPosition;

    /** @param longestWait how long to wait for room before an empty answer is given instead */
    ShardReader(
            DataFetcher delegate,
            ShardRef shard,
            ReadSize size,
            IntakeBudget budget,
            Duration longestWait,
            ReadListener listener) {
        this.delegate = delegate;
        this.shard = shard;
        this.size = size;
        this.budget = budget;
        this.longestWait = longestWait;
        this.listener = listener;
    }

    @Override
    public DataFetcherResult getRecords() {
        budget.release(heldBytes);
        heldBytes = 0;
        if (!reserve()) {
            return nothing(null);
        }
        long used = 0;
        try {
            DataFetcherResult result = delegate.getRecords();
            Answer answer = Answer.of(result.acceptAdapter());
            answer = checkGap ? withoutGap(answer) : answer;
            used = answer.bytes();
            size.observe(answer.records().size(), used);
            remember(answer);
            listener.readSucceeded(shard);
            heldBytes = used;
            return new Result(answer, delegate.isShardEndReached());
        } catch (ExpiredIteratorException | InvalidArgumentException e) {
            listener.iteratorExpired(shard);
            throw e;
        } catch (SdkException | RetryableRetrievalException e) {
            listener.readFailed(shard, e);
            return nothing(e);
        } finally {
            budget.shrinkReservation(used);
        }
    }

    /** Gives back what the last read held; for a shard that is read no more. */
    void close() {
        budget.release(heldBytes);
        heldBytes = 0;
    }

    @Override
    public void initialize(String checkpoint, InitialPositionInStreamExtended position) {
        delegate.initialize(checkpoint, position);
        resumeAt(checkpoint, position);
    }

    @Override
    public void initialize(ExtendedSequenceNumber checkpoint, InitialPositionInStreamExtended position) {
        delegate.initialize(checkpoint, position);
        resumeAt(checkpoint.sequenceNumber(), position);
    }

    @Override
    public void advanceIteratorTo(String sequenceNumber, InitialPositionInStreamExtended position) {
        delegate.advanceIteratorTo(sequenceNumber, position);
        resumeAt(sequenceNumber, position);
    }

    /** At the last record, not after it as KCL does: if that one is gone, retention has passed us. */
    @Override
    public void restartIterator() {
        if (isNumber(last)) {
            boolean takenOver = lastWasTakenOver;
            advanceIteratorTo(last, initialPosition);
            lastWasTakenOver = takenOver;
        } else {
            delegate.restartIterator();
            iterator = null;
        }
    }

    @Override
    public void resetIterator(String shardIterator, String sequenceNumber, InitialPositionInStreamExtended position) {
        delegate.resetIterator(shardIterator, sequenceNumber, position);
        iterator = shardIterator;
        last = sequenceNumber;
        checkGap = false;
        initialPosition = position;
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
    public GetRecordsResponse getGetRecordsResponse(GetRecordsRequest request) throws Exception {
        return delegate.getGetRecordsResponse(request);
    }

    @Override
    public GetRecordsRequest getGetRecordsRequest(String nextIterator) {
        return delegate.getGetRecordsRequest(nextIterator);
    }

    @Override
    public String getNextIterator(GetShardIteratorRequest request) {
        throw new UnsupportedOperationException("KCL asks the inner fetcher");
    }

    @Override
    public GetRecordsResponse getRecords(String nextIterator) {
        return delegate.getRecords(nextIterator);
    }

    private void resumeAt(String sequenceNumber, InitialPositionInStreamExtended position) {
        iterator = null;
        last = sequenceNumber;
        checkGap = isNumber(sequenceNumber);
        // A checkpoint may lie within an aggregated record: that one is delivered again, and KCL filters its parts.
        lastWasTakenOver = false;
        initialPosition = position;
    }

    private boolean reserve() {
        try {
            return budget.tryReserve(longestWait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A read that resumes at a record must bring that very record first: else retention has taken it. */
    private Answer withoutGap(Answer answer) {
        if (answer.records().isEmpty()) {
            return answer;
        }
        checkGap = false;
        String first = answer.records().get(0).sequenceNumber();
        if (!first.equals(last)) {
            listener.recordsLost(shard, last, first);
        }
        return lastWasTakenOver ? answer.after(last) : answer;
    }

    private void remember(Answer answer) {
        iterator = answer.nextShardIterator();
        if (!answer.records().isEmpty()) {
            last = answer.records().get(answer.records().size() - 1).sequenceNumber();
            lastWasTakenOver = true;
        }
    }

    /** An answer without records. KCL takes one without an iterator for the shard's end, so there must be one. */
    private DataFetcherResult nothing(RuntimeException cause) {
        if (iterator == null) {
            throw new RetryableRetrievalException("no place in the shard yet", cause);
        }
        return new Result(new Answer(List.of(), null, List.of(), iterator, ""), false);
    }

    private static boolean isNumber(String sequenceNumber) {
        return sequenceNumber != null && !sequenceNumber.isEmpty() && Character.isDigit(sequenceNumber.charAt(0));
    }

    private record Result(Answer answer, boolean isShardEnd) implements DataFetcherResult {

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

    private record Answer(
            List<KinesisClientRecord> records,
            Long millisBehindLatest,
            List<ChildShard> childShards,
            String nextShardIterator,
            String requestId)
            implements GetRecordsResponseAdapter {

        static Answer of(GetRecordsResponseAdapter adapter) {
            return new Answer(
                    adapter.records(),
                    adapter.millisBehindLatest(),
                    adapter.childShards(),
                    adapter.nextShardIterator(),
                    "");
        }

        /** Without the records up to one that was read before. */
        Answer after(String sequenceNumber) {
            BigInteger read = new BigInteger(sequenceNumber);
            List<KinesisClientRecord> unread = records.stream()
                    .filter(record -> new BigInteger(record.sequenceNumber()).compareTo(read) > 0)
                    .toList();
            return new Answer(unread, millisBehindLatest, childShards, nextShardIterator, requestId);
        }

        long bytes() {
            return records.stream()
                    .mapToLong(record -> record.data().remaining())
                    .sum();
        }
    }
}
