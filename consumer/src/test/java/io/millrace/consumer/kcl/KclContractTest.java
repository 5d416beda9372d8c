package io.millrace.consumer.kcl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.millrace.consumer.lease.KclTuning;
import io.millrace.pipeline.shard.PipelineRig;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.leases.LeaseAssignmentStrategy;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseStatsRecorder;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.ProcessTask;
import software.amazon.kinesis.lifecycle.TaskType;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.GetRecordsRetrievalStrategy;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.RecordsRetrieved;
import software.amazon.kinesis.retrieval.ThrottlingReporter;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.polling.DataFetcher;
import software.amazon.kinesis.retrieval.polling.SimpleRecordsFetcherFactory;

/** What this package relies on and KCL does not promise. If one of these fails with a newer KCL, read before you raise it. */
class KclContractTest {

    private static final WholeRead READ =
            WholeRead.behind("6", List.of(PipelineRig.record(7, "{}"), PipelineRig.record(8, "{}")));

    @Test
    void aReadReachesTheProcessorAsTheInstanceThatWasRead() {
        List<KinesisClientRecord> processed = new ArrayList<>();
        assertEquals(TaskType.PROCESS, process(READ, processed).taskType());
        assertEquals(1, processed.size());
        assertSame(READ, processed.get(0));
    }

    /** KCL measures a lease by the bytes of its records, and sees none of ours: by throughput all leases would weigh nothing. */
    @Test
    void leasesAreBalancedByCountBecauseKclSeesNoBytes() {
        assertEquals(0, READ.data().remaining());
        LeaseManagementConfig leases = KclTuning.apply(
                new LeaseManagementConfig("table", "application", null, null, "worker"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(25));
        assertEquals(LeaseAssignmentStrategy.LEASE_COUNT_BASED, leases.leaseAssignmentStrategy());
    }

    /** So a shard holds one answer, and when it reads again the last one has been taken over. */
    @Test
    void withoutPrefetchTheReadingThreadProcessesWhatItReadBeforeItReadsAgain() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        SimpleRecordsFetcherFactory factory = new SimpleRecordsFetcherFactory();
        factory.maxPendingProcessRecordsInput(0);
        factory.idleMillisBetweenCalls(1);
        RecordsPublisher publisher =
                factory.createRecordsFetcher(strategy(reads), "shard", new NullMetricsFactory(), 10, last -> 0L);
        publisher.start(
                ExtendedSequenceNumber.TRIM_HORIZON,
                InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON));
        Demand demand = new Demand(publisher);
        try {
            publisher.subscribe(demand);
            for (int read = 1; read <= 3; read++) {
                int now = read;
                demand.processing.acquire();
                await().during(Duration.ofMillis(50)).until(() -> reads.get() == now);
                demand.processed.release();
            }
        } finally {
            demand.processed.release(1_000);
            publisher.shutdown();
        }
    }

    private static ProcessTask process(WholeRead read, List<KinesisClientRecord> processed) {
        ShardInfo shard = new ShardInfo("shard", "token", List.of(), ExtendedSequenceNumber.TRIM_HORIZON);
        ShardRecordProcessorCheckpointer checkpointer =
                new ShardRecordProcessorCheckpointer(shard, answeringNothing(Checkpointer.class));
        checkpointer.setInitialCheckpointValue(ExtendedSequenceNumber.TRIM_HORIZON);
        ProcessTask task = new ProcessTask(
                shard,
                new Processor(processed),
                checkpointer,
                0,
                true,
                null,
                new ThrottlingReporter(5, "shard"),
                ProcessRecordsInput.builder()
                        .records(List.of(read))
                        .millisBehindLatest(0L)
                        .build(),
                true,
                0,
                new KclAggregates(),
                new NullMetricsFactory(),
                null,
                new LeaseStatsRecorder(0L, System::currentTimeMillis));
        task.call();
        return task;
    }

    private static GetRecordsRetrievalStrategy strategy(AtomicInteger reads) {
        DataFetcher fetcher = answeringNothing(DataFetcher.class);
        return (GetRecordsRetrievalStrategy) Proxy.newProxyInstance(
                KclContractTest.class.getClassLoader(),
                new Class<?>[] {GetRecordsRetrievalStrategy.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getRecordsAdapter" -> {
                        reads.incrementAndGet();
                        yield new ShardRead(List.of(READ), 0L, List.of(), "iterator");
                    }
                    case "dataFetcher" -> fetcher;
                    default -> method.getReturnType() == boolean.class ? false : null;
                });
    }

    private static <T> T answeringNothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> method.getReturnType() == StreamIdentifier.class
                        ? StreamIdentifier.singleStreamInstance("stream")
                        : method.getReturnType() == boolean.class ? false : null));
    }

    /** As KCL's own subscriber without a buffer: it confirms a read, processes it, and asks for the next. */
    private static final class Demand implements Subscriber<RecordsRetrieved> {

        private final RecordsPublisher publisher;
        private final Semaphore processing = new Semaphore(0);
        private final Semaphore processed = new Semaphore(0);
        private volatile Subscription subscription;

        Demand(RecordsPublisher publisher) {
            this.publisher = publisher;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(RecordsRetrieved read) {
            publisher.notify(read::batchUniqueIdentifier);
            processing.release();
            processed.acquireUninterruptibly();
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {}
    }

    private record Processor(List<KinesisClientRecord> processed) implements ShardRecordProcessor {

        @Override
        public void processRecords(ProcessRecordsInput input) {
            processed.addAll(input.records());
        }

        @Override
        public void initialize(InitializationInput input) {}

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {}

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {}
    }
}
