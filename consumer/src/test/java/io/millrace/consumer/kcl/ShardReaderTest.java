package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.retrieval.DataFetcherResult;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetryableRetrievalException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.polling.DataFetcher;

class ShardReaderTest {

    private static final ShardRef SHARD = new ShardRef("logs", "shardId-000000000000");
    private static final int MIB = 1024 * 1024;
    private static final InitialPositionInStreamExtended HORIZON =
            InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);

    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> soughtFrom = new ArrayList<>();
    private boolean awaited;
    private final ReadBudget budget = new ReadBudget(20L * MIB);
    private final ReadSize size = new ReadSize(2000);
    private final ReadRate rate = new ReadRate();
    private final ShardReader reader = new ShardReader(
            kinesis(), SHARD, size, rate, budget, () -> awaited, Duration.ofMillis(1), new RecordingListener());

    @Test
    void whatWasReadIsHeldUntilTheNextRead() {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        answers.add(records(MIB, "1", "2", "3"));
        reader.getRecords();
        assertEquals(17L * MIB, budget.available());
        answers.add(records(0));
        reader.getRecords();
        assertEquals(20L * MIB, budget.available());
    }

    @Test
    void whatIsHeldIsGivenBackAtTheEnd() {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        answers.add(records(MIB, "1"));
        reader.getRecords();
        reader.takenOver();
        reader.takenOver();
        assertEquals(20L * MIB, budget.available());
    }

    @Test
    void withoutRoomThereIsAnEmptyAnswerThatKeepsItsPlace() throws InterruptedException {
        ReadBudget small = new ReadBudget(ReadBudget.LARGEST_READ);
        ShardReader crowded = new ShardReader(
                kinesis(), SHARD, size, rate, small, () -> awaited, Duration.ofMillis(1), new RecordingListener());
        crowded.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        answers.add(records(0));
        crowded.getRecords();
        assertTrue(small.tryReserve(Duration.ZERO), "another shard reads");
        DataFetcherResult result = crowded.getRecords();
        assertEquals(List.of(), sequenceNumbers(result));
        assertEquals("iterator", result.acceptAdapter().nextShardIterator());
        assertFalse(result.isShardEnd());
        small.release(ReadBudget.LARGEST_READ);
        answers.add(records(1, "2"));
        assertEquals(List.of("2"), sequenceNumbers(crowded.getRecords()));
    }

    @Test
    void theShardThatOthersWaitForIsReadWithoutRoom() throws InterruptedException {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        answers.add(records(0));
        reader.getRecords();
        assertTrue(budget.tryReserve(Duration.ZERO), "others hold what they have read");
        assertTrue(budget.tryReserve(Duration.ZERO), "and so do these");
        assertEquals(List.of(), sequenceNumbers(reader.getRecords()));
        awaited = true;
        answers.add(records(MIB, "1"));
        assertEquals(List.of("1"), sequenceNumbers(reader.getRecords()));
        assertEquals(0, budget.available());
        awaited = false;
        assertEquals(List.of(), sequenceNumbers(reader.getRecords()));
        assertEquals(0, budget.available(), "it had reserved nothing");
    }

    @Test
    void aFailingKinesisIsAnEmptyAnswerAndTold() {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        answers.add(SdkClientException.create("no answer"));
        assertThrows(RetryableRetrievalException.class, reader::getRecords, "there is no place to keep yet");
        answers.add(records(1, "1"));
        reader.getRecords();
        answers.add(SdkClientException.create("no answer"));
        assertEquals(List.of(), sequenceNumbers(reader.getRecords()));
        assertEquals(List.of("failed no answer", "succeeded", "failed no answer"), told);
        assertEquals(20L * MIB, budget.available());
    }

    @Test
    void anExpiredIteratorIsToldAndSoughtAnew() {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        answers.add(records(1, "1", "2"));
        reader.getRecords();
        answers.add(ExpiredIteratorException.builder().message("expired").build());
        assertThrows(ExpiredIteratorException.class, reader::getRecords);
        reader.restartIterator();
        assertEquals(List.of("TRIM_HORIZON", "again"), soughtFrom);
        answers.add(SdkClientException.create("no answer"));
        assertThrows(RetryableRetrievalException.class, reader::getRecords, "the place from before is none now");
        answers.add(records(1, "3"));
        assertEquals(List.of("3"), sequenceNumbers(reader.getRecords()));
        assertEquals(List.of("succeeded", "expired", "failed no answer", "succeeded"), told);
        assertEquals(20L * MIB - 1024, budget.available());
    }

    @Test
    void aShardThatRefusesIsNotAskedTooEarly() {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        answers.add(records(MIB, "1", "2"));
        reader.getRecords();
        assertEquals(Optional.empty(), rate.freeAgain());
        Instant begun = reader.begun();
        answers.add(ProvisionedThroughputExceededException.builder()
                .message("too fast")
                .build());
        assertEquals(List.of(), sequenceNumbers(reader.getRecords()));
        assertEquals(Optional.of(begun.plusMillis(1048)), rate.freeAgain(), "2 MiB at 2 MB a second");
    }

    @Test
    void aReadsRecordsAreCountedThoughKclSeesOne() {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        SourceRecord record = new SourceRecord("1", 0, "key", Instant.EPOCH, ByteBuffer.allocate(1024));
        answers.add(new ShardReader.Result(
                ShardRead.of(records(0), WholeRead.behind("0", Collections.nCopies(100, record))), false));
        assertEquals(1, reader.getRecords().acceptAdapter().records().size());
        assertEquals(80, size.limit());
        assertEquals(20L * MIB - 100 * 1024, budget.available());
    }

    @Test
    void readsAreSizedByTheRecordsSeen() {
        reader.initialize(ExtendedSequenceNumber.TRIM_HORIZON, HORIZON);
        assertEquals(20, size.limit());
        answers.add(records(300, "1", "2"));
        reader.getRecords();
        assertEquals(80, size.limit(), "small records: four times as many at most");
        answers.add(records(100_000, "3", "4"));
        reader.getRecords();
        assertEquals(40, size.limit(), "four megabytes' worth");
        answers.add(records(0));
        reader.getRecords();
        assertEquals(40, size.limit());
        answers.add(records(5 * MIB, "5"));
        reader.getRecords();
        assertEquals(1, size.limit());
    }

    private List<String> sequenceNumbers(DataFetcherResult result) {
        return result.acceptAdapter().records().stream()
                .map(KinesisClientRecord::sequenceNumber)
                .toList();
    }

    private static GetRecordsResponse records(int bytes, String... sequenceNumbers) {
        List<Record> records = Arrays.stream(sequenceNumbers)
                .map(number -> Record.builder()
                        .sequenceNumber(number)
                        .partitionKey("key")
                        .data(SdkBytes.fromByteArray(new byte[bytes]))
                        .build())
                .toList();
        return GetRecordsResponse.builder()
                .records(records)
                .nextShardIterator("iterator")
                .millisBehindLatest(0L)
                .build();
    }

    /** Answers in turn, and notes from where it is asked to read. */
    private DataFetcher kinesis() {
        return (DataFetcher) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataFetcher.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getRecords")) {
                        return answer();
                    }
                    if (List.of("initialize", "advanceIteratorTo").contains(method.getName())) {
                        soughtFrom.add(
                                args[0] instanceof ExtendedSequenceNumber number
                                        ? number.sequenceNumber()
                                        : (String) args[0]);
                    }
                    if (method.getName().equals("restartIterator")) {
                        soughtFrom.add("again");
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
    }

    private DataFetcherResult answer() {
        Object answer = answers.remove();
        if (answer instanceof RuntimeException failure) {
            throw failure;
        }
        return answer instanceof ShardReader.Result read ? read : new FixedRead((GetRecordsResponse) answer);
    }

    private final class RecordingListener implements ReadListener {

        @Override
        public void readSucceeded(ShardRef shard) {
            told.add("succeeded");
        }

        @Override
        public void readFailed(ShardRef shard, RuntimeException cause) {
            told.add("failed " + cause.getMessage());
        }

        @Override
        public void iteratorExpired(ShardRef shard) {
            told.add("expired");
        }
    }
}
