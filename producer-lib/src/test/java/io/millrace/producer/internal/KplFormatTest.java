package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.producer.RateLimit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** What is aggregated here is read by KCL's own de-aggregation. */
class KplFormatTest {
    private final Lane lane = new Lane(Optional.of(FakeKinesis.shards(1).get(0)), new ShardRate(RateLimit.OFF), 0);
    private final Slot slot = new Slot("shard-0", lane);
    private final List<String> sent = new ArrayList<>();

    private void add(String key, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        slot.add(new Event(key, bytes, 0, new CompletableFuture<>()));
        sent.add(key + "=" + data);
    }

    private static List<String> read(OutRecord record) {
        KinesisClientRecord whole = KinesisClientRecord.builder()
                .partitionKey(record.partitionKey())
                .sequenceNumber("1")
                .data(ByteBuffer.wrap(record.data()))
                .build();
        return new AggregatorUtil()
                .deaggregate(List.of(whole)).stream()
                        .map(r -> r.partitionKey() + "="
                                + new String(BinaryUtils.copyAllBytesFrom(r.data()), StandardCharsets.UTF_8))
                        .toList();
    }

    @Test
    void kclReadsEveryEventWithItsKeyInOrder() {
        for (int i = 0; i < 1000; i++) {
            add("service-" + i % 300, "{\"number\":" + i + "}" + "x".repeat(i % 200));
        }
        add("schlüssel-€", "{\"ü\":\"€\"}");
        add("empty", "");

        OutRecord record = new KplPacker(1 << 20).pack(slot, Integer.MAX_VALUE, 0);

        assertEquals(sent, read(record));
        assertEquals(HashKey.of("service-0"), record.explicitHashKey().orElseThrow());
    }

    @Test
    void aRecordIsFullAtTheBytesGiven() {
        for (int i = 0; i < 100; i++) {
            add("k" + i, "x".repeat(100));
        }
        List<String> read = new ArrayList<>();
        while (!slot.queue.isEmpty()) {
            OutRecord record = new KplPacker(1024).pack(slot, Integer.MAX_VALUE, 0);
            assertEquals(true, record.size() <= 1024, "size " + record.size());
            read.addAll(read(record));
        }
        assertEquals(sent, read);
    }

    @Test
    void aSingleEventGoesAsItIs() {
        add("k", "alone");

        OutRecord record = new KplPacker(1024).pack(slot, Integer.MAX_VALUE, 0);

        assertEquals("alone", new String(record.data(), StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), record.explicitHashKey());
    }

    @Test
    void whileTheShardsAreUnknownNothingIsAggregated() {
        Slot unknown = new Slot("", new Lane(Optional.empty(), new ShardRate(RateLimit.OFF), 0));
        unknown.add(new Event("a", new byte[1], 0, new CompletableFuture<>()));
        unknown.add(new Event("b", new byte[1], 0, new CompletableFuture<>()));

        assertEquals(
                1,
                new KplPacker(1024).pack(unknown, Integer.MAX_VALUE, 0).events().size());
    }
}
