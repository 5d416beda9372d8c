package io.millrace.benchmarks.localaws;

import io.millrace.benchmarks.process.LocalAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Puts and gets records of 300 bytes with one SDK client and a few threads. */
final class Load implements AutoCloseable {

    static final int BATCH = 500;

    private static final int RECORD_BYTES = 300;
    private static final int SHARDS = 4;
    /** Batches of different keys and data, used in turn: making random bytes is not what is measured. */
    private static final int BATCHES = 20;

    private final KinesisClient kinesis;
    private final ExecutorService threads;
    private final int threadCount;
    private final List<List<PutRecordsRequestEntry>> batches = new ArrayList<>();

    Load(LocalAws aws, int threadCount) {
        this.kinesis = aws.client(KinesisClient.builder())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        this.threadCount = threadCount;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                Executors.newFixedThreadPool(threadCount, work -> new Thread(work, "load-" + number.incrementAndGet()));
        Random random = new Random(1);
        for (int b = 0; b < BATCHES; b++) {
            List<PutRecordsRequestEntry> batch = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                byte[] data = new byte[RECORD_BYTES];
                random.nextBytes(data);
                batch.add(PutRecordsRequestEntry.builder()
                        .partitionKey(new UUID(random.nextLong(), random.nextLong()).toString())
                        .data(SdkBytes.fromByteArrayUnsafe(data))
                        .build());
            }
            batches.add(batch);
        }
    }

    void createStream(String stream) {
        kinesis.createStream(request -> request.streamName(stream).shardCount(SHARDS));
        kinesis.waiter().waitUntilStreamExists(request -> request.streamName(stream));
    }

    void deleteStream(String stream) {
        kinesis.deleteStream(request -> request.streamName(stream));
    }

    /** Puts this many records, rounded up to whole batches. */
    long put(String stream, long records) throws Exception {
        AtomicLong next = new AtomicLong();
        long wanted = (records + BATCH - 1) / BATCH;
        return inThreads(() -> {
            long put = 0;
            long number;
            while ((number = next.getAndIncrement()) < wanted) {
                PutRecordsResponse response = kinesis.putRecords(PutRecordsRequest.builder()
                        .streamName(stream)
                        .records(batches.get((int) (number % BATCHES)))
                        .build());
                if (response.failedRecordCount() != 0) {
                    throw new IllegalStateException("entries failed: " + response);
                }
                put += BATCH;
            }
            return put;
        });
    }

    /** Reads shard after shard from its oldest record to its latest, all of them again and again, about this many records. */
    long get(String stream, long records) throws Exception {
        List<String> oldest = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            String id = String.format("shardId-%012d", shard);
            oldest.add(kinesis.getShardIterator(
                            get -> get.streamName(stream).shardId(id).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator());
        }
        AtomicLong next = new AtomicLong();
        AtomicLong left = new AtomicLong(records);
        return inThreads(() -> {
            long got = 0;
            while (left.get() > 0) {
                String iterator = oldest.get((int) (next.getAndIncrement() % SHARDS));
                GetRecordsResponse response;
                do {
                    String current = iterator;
                    response = kinesis.getRecords(request -> request.shardIterator(current));
                    iterator = response.nextShardIterator();
                    got += response.records().size();
                } while (left.addAndGet(-response.records().size()) > 0 && response.millisBehindLatest() > 0);
            }
            return got;
        });
    }

    private long inThreads(Callable<Long> work) throws Exception {
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < threadCount; i++) {
            running.add(threads.submit(work));
        }
        long sum = 0;
        for (Future<Long> future : running) {
            sum += future.get();
        }
        return sum;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        kinesis.close();
    }
}
