package io.millrace.benchmarks.load;

import io.millrace.benchmarks.process.LocalAws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Makes streams and puts events into them. */
public final class Backlog implements AutoCloseable {

    private static final int BATCH = 500;
    private static final int THREADS = 2;

    private final KinesisClient kinesis;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> new Thread(work, "backlog"));

    /**
     * What was put.
     *
     * @param bytes in the lake: the events and their line ends
     * @param last each shard's last sequence number
     */
    public record Put(long bytes, Map<String, String> last) {}

    public Backlog(LocalAws aws) {
        kinesis = aws.client(KinesisClient.builder())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** @return its shards' ids */
    public List<String> createStream(String stream, int shards) {
        kinesis.createStream(create -> create.streamName(stream).shardCount(shards));
        kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName(stream));
        return kinesis.listShards(list -> list.streamName(stream)).shards().stream()
                .map(Shard::shardId)
                .toList();
    }

    public void deleteStream(String stream) {
        kinesis.deleteStream(delete -> delete.streamName(stream));
    }

    /** Puts the events of the numbers from 0, as fast as it goes. */
    public Put put(String stream, Events events, long count) throws Exception {
        AtomicLong next = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        Map<String, String> last = new HashMap<>();
        Callable<Void> work = () -> {
            for (long first = next.getAndAdd(BATCH); first < count; first = next.getAndAdd(BATCH)) {
                put(stream, events, first, Math.min(count, first + BATCH), bytes, last);
            }
            return null;
        };
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(work));
        }
        for (Future<Void> thread : running) {
            thread.get();
        }
        return new Put(bytes.get(), last);
    }

    /** Puts the events of these numbers, 500 at most. */
    public void putOnce(String stream, Events events, long from, long to) {
        put(stream, events, from, to, new AtomicLong(), new HashMap<>());
    }

    private void put(String stream, Events events, long from, long to, AtomicLong bytes, Map<String, String> last) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (long number = from; number < to; number++) {
            byte[] event = events.event(number);
            bytes.addAndGet(event.length + 1L);
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey(Long.toHexString(number * 0x9E3779B97F4A7C15L))
                    .data(SdkBytes.fromByteArrayUnsafe(event))
                    .build());
        }
        PutRecordsResponse response =
                kinesis.putRecords(put -> put.streamName(stream).records(entries));
        if (response.failedRecordCount() != 0) {
            throw new IllegalStateException("entries failed: " + response);
        }
        synchronized (last) {
            for (PutRecordsResultEntry entry : response.records()) {
                last.merge(entry.shardId(), entry.sequenceNumber(), Backlog::later);
            }
        }
    }

    /** Decimal numbers of one length, as one shard's are. */
    private static String later(String one, String other) {
        return one.length() != other.length()
                ? (one.length() > other.length() ? one : other)
                : (one.compareTo(other) > 0 ? one : other);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        kinesis.close();
    }
}
