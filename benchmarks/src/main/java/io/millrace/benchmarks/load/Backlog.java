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
import java.util.stream.LongStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Makes streams and puts events into them. */
public final class Backlog implements AutoCloseable {

    /** Records of one put; 500 is Kinesis's limit, and 10 MiB in all (API reference, PutRecords). */
    private static final int RECORDS = 500;

    private static final int AGGREGATES = 100;
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

    /**
     * Puts the events of the numbers from 0, as fast as it goes.
     *
     * @param together events that share a record, in the KPL's format; 1: each is a record of its own
     */
    public Put put(String stream, Events events, long count, int together) throws Exception {
        long batch = together == 1 ? RECORDS : (long) AGGREGATES * together;
        AtomicLong next = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        Map<String, String> last = new HashMap<>();
        Callable<Void> work = () -> {
            for (long first = next.getAndAdd(batch); first < count; first = next.getAndAdd(batch)) {
                put(stream, events, first, Math.min(count, first + batch), together, bytes, last);
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
        put(stream, events, from, to, 1, new AtomicLong(), new HashMap<>());
    }

    private void put(
            String stream,
            Events events,
            long from,
            long to,
            int together,
            AtomicLong bytes,
            Map<String, String> last) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (long first = from; first < to; first += together) {
            List<byte[]> those = LongStream.range(first, Math.min(to, first + together))
                    .mapToObj(events::event)
                    .toList();
            those.forEach(event -> bytes.addAndGet(event.length + 1L));
            String key = Long.toHexString(first * 0x9E3779B97F4A7C15L);
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey(key)
                    .data(together == 1 ? SdkBytes.fromByteArrayUnsafe(those.get(0)) : Aggregate.of(key, those))
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
