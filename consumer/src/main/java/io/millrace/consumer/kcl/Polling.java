package io.millrace.consumer.kcl;

import io.millrace.consumer.decode.ReadCall;
import io.millrace.consumer.decode.ReadCall.OtherAttemptException;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.metrics.MetricsFactory;
import software.amazon.kinesis.retrieval.DataFetcherProviderConfig;
import software.amazon.kinesis.retrieval.DataFetcherResult;
import software.amazon.kinesis.retrieval.GetRecordsResponseAdapter;
import software.amazon.kinesis.retrieval.GetRecordsRetrievalStrategy;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.RetryableRetrievalException;
import software.amazon.kinesis.retrieval.polling.DataFetcher;
import software.amazon.kinesis.retrieval.polling.KinesisDataFetcher;
import software.amazon.kinesis.retrieval.polling.PollingConfig;
import software.amazon.kinesis.retrieval.polling.SimpleRecordsFetcherFactory;
import software.amazon.kinesis.retrieval.polling.SleepTimeController;

/** Retrieval by GetRecords, through a {@link ShardReader} for each shard. */
public final class Polling {

    private Polling() {}

    /**
     * KCL's settings for it.
     *
     * @param batchSize the most records a read brings
     * @param requestTimeout for one read
     * @param decodes whether our own decoder reads the records; false leaves them to the SDK
     * @param awaited whether the other shards wait for this one, so that it is read whatever the budget
     */
    public static PollingConfig config(
            KinesisAsyncClient kinesis,
            Duration pollInterval,
            int batchSize,
            Duration requestTimeout,
            boolean decodes,
            ReadBudget budget,
            Predicate<ShardRef> awaited,
            ReadListener listener) {
        PollingConfig config = new PollingConfig(kinesis)
                .maxRecords(batchSize)
                .idleTimeBetweenReadsInMillis(pollInterval.toMillis())
                // No prefetch: the reading thread processes what it read, so a shard holds one answer and not five.
                .maxPendingProcessRecordsInput(0)
                .kinesisRequestTimeout(requestTimeout)
                .recordsFetcherFactory(new ReaderFactory(pollInterval));
        config.dataFetcherProvider(fetcher -> {
            ReadSize size = new ReadSize(batchSize);
            ReadRate rate = new ReadRate();
            ShardRef shard = new ShardRef(fetcher.getStreamIdentifier().streamName(), fetcher.getShardId());
            return new ShardReader(
                    new OwnFetcher(kinesis, fetcher, decodes, size, rate),
                    shard,
                    size,
                    rate,
                    budget,
                    () -> awaited.test(shard),
                    pollInterval,
                    listener);
        });
        return config;
    }

    /** KCL's own, but for the number of records that a read asks for, for who decodes them, and for what a read follows. */
    private static final class OwnFetcher extends KinesisDataFetcher {

        private final boolean decodes;
        private final ReadSize size;
        private final ReadRate rate;
        private final ReadChain chain = new ReadChain();
        private InitialPositionInStreamExtended position;
        private ReadCall call;

        OwnFetcher(
                KinesisAsyncClient kinesis,
                DataFetcherProviderConfig config,
                boolean decodes,
                ReadSize size,
                ReadRate rate) {
            super(kinesis, config, config.consumerId());
            this.decodes = decodes;
            this.size = size;
            this.rate = rate;
        }

        @Override
        public void advanceIteratorTo(String sequenceNumber, InitialPositionInStreamExtended position) {
            super.advanceIteratorTo(sequenceNumber, position);
            this.position = position;
            chain.goesOnBehind(sequenceNumber);
        }

        /** KCL would begin behind the record read last, or behind the checkpoint, which may be amid an aggregate. */
        @Override
        public void restartIterator() {
            advanceIteratorTo(chain.reached(), position);
        }

        @Override
        public void resetIterator(
                String shardIterator, String sequenceNumber, InitialPositionInStreamExtended position) {
            super.resetIterator(shardIterator, sequenceNumber, position);
            this.position = position;
            chain.goesOnBehind(sequenceNumber);
        }

        /** KCL's own answer at the shard's end does not say what it follows. */
        @Override
        public DataFetcherResult getRecords() {
            GetRecordsResponseAdapter answer = super.getRecords().acceptAdapter();
            boolean isKcls = answer.records().isEmpty();
            return new ShardReader.Result(isKcls ? ShardRead.end(chain.ended()) : answer, isShardEndReached());
        }

        @Override
        public GetRecordsRequest getGetRecordsRequest(String nextIterator) {
            GetRecordsRequest.Builder request =
                    super.getGetRecordsRequest(nextIterator).toBuilder().limit(size.limit());
            call = new ReadCall(decodes);
            call.attachTo(request);
            return request.build();
        }

        @Override
        protected GetRecordsResponseAdapter getRecordsAdapter(String nextIterator) {
            chain.asks(nextIterator);
            try {
                GetRecordsResponse answer = getRecords(nextIterator);
                if (call.wasRefused()) {
                    rate.attemptRefused();
                }
                List<SourceRecord> records =
                        call.take(answer.nextShardIterator()).orElseGet(() -> KclRecords.decodedBySdk(answer));
                return ShardRead.of(answer, chain.answered(records));
            } catch (OtherAttemptException e) {
                throw new RetryableRetrievalException(e.getMessage(), e);
            } finally {
                call = null; // it may hold an answer
            }
        }
    }

    /** Gives each shard's reader its pace. */
    private static final class ReaderFactory extends SimpleRecordsFetcherFactory {

        /**
         * KCL asks for more from another thread, a moment after the reading thread has looked for that and begun to wait:
         * nothing wakes it, and with the poll interval, KCL's choice, most reads of a shard that is behind came that late.
         */
        private static final Duration DEMAND_WAIT = Duration.ofMillis(10);

        private final Duration pollInterval;

        ReaderFactory(Duration pollInterval) {
            this.pollInterval = pollInterval;
        }

        @Override
        public RecordsPublisher createRecordsFetcher(
                GetRecordsRetrievalStrategy strategy,
                String shardId,
                MetricsFactory metrics,
                int maxRecords,
                SleepTimeController unused) {
            ShardReader reader = (ShardReader) strategy.dataFetcher();
            idleMillisBetweenCalls(DEMAND_WAIT.toMillis());
            ReadPace pace = new ReadPace(pollInterval, reader::begun, reader.rate(), InstantSource.system());
            SleepTimeController beforeNextRead = last -> {
                reader.takenOver(); // it may sleep for seconds, and others want the room
                return pace.getSleepTimeMillis(last);
            };
            return super.createRecordsFetcher(new ReaderStrategy(reader), shardId, metrics, maxRecords, beforeNextRead);
        }
    }

    /** KCL ends its reading threads by telling the strategy, and its own strategy does not tell the reader. */
    private static final class ReaderStrategy implements GetRecordsRetrievalStrategy {

        private final ShardReader reader;
        private volatile boolean shutdown;

        ReaderStrategy(ShardReader reader) {
            this.reader = reader;
        }

        @Override
        public GetRecordsResponseAdapter getRecordsAdapter(int maxRecords) {
            return reader.getRecords().acceptAdapter();
        }

        @Override
        @Deprecated
        public GetRecordsResponse getRecords(int maxRecords) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void shutdown() {
            reader.takenOver();
            shutdown = true;
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public KinesisDataFetcher getDataFetcher() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataFetcher dataFetcher() {
            return reader;
        }
    }
}
