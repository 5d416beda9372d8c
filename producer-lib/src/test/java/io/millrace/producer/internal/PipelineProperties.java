package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.producer.Aggregation;
import io.millrace.producer.Ordering;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.Totals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever Kinesis answers and however its shards change, each event arrives once, and each key's in order. */
class PipelineProperties {
    private static final int EVENTS = 300;

    private final Map<String, List<String>> stream = new HashMap<>();

    @Property(tries = 200)
    void inOrderWhateverFails(
            @ForAll Aggregation aggregation, @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int keys) {
        run(aggregation, Ordering.KEY, seed, keys);
        stream.forEach((key, data) -> assertEquals(data.stream().sorted().toList(), data, "order of " + key));
    }

    @Property(tries = 100)
    void eachOnceWithoutOrder(@ForAll Aggregation aggregation, @ForAll long seed) {
        run(aggregation, Ordering.NONE, seed, 10);
    }

    private void run(Aggregation aggregation, Ordering ordering, long seed, int keys) {
        stream.clear();
        Random random = new Random(seed);
        PipelineBench bench = new PipelineBench(ProducerConfig.builder()
                .aggregation(aggregation)
                .aggregationBytes(1024)
                .ordering(ordering)
                .maxInFlight(1 + random.nextInt(4))
                .deliveryTimeout(Duration.ofHours(100))
                .build());
        int sent = 0;
        int answered = 0;
        while (bench.totals().delivered() < EVENTS) {
            for (int i = random.nextInt(40); i > 0 && sent < EVENTS; i--) {
                bench.accept("key-" + random.nextInt(keys), "{\"n\":\"%05d\"}".formatted(sent++));
            }
            bench.pass(Duration.ofMillis(random.nextInt(3) == 0 ? 2000 : 20));
            if (random.nextInt(10) == 0) {
                bench.kinesis.shards = reshard(bench.kinesis.shards, random);
            }
            while (answered < bench.kinesis.requests.size() && random.nextInt(3) > 0) {
                answer(bench, bench.kinesis.requests.get(answered++), random);
            }
            Totals totals = bench.totals();
            assertEquals(totals.accepted(), totals.delivered() + totals.pending());
        }
        List<String> all = new ArrayList<>();
        stream.values().forEach(all::addAll);
        assertEquals(EVENTS, all.size());
        assertEquals(EVENTS, all.stream().distinct().count());
    }

    /** New shards; the old ones stay known, as Kinesis lists closed shards until their records are trimmed. */
    private List<ShardRange> reshard(List<ShardRange> shards, Random random) {
        List<ShardRange> all = new ArrayList<>();
        shards.forEach(s -> all.add(new ShardRange(s.shardId(), s.first(), s.last(), false)));
        int generation = shards.size();
        FakeKinesis.shards(1 + random.nextInt(4))
                .forEach(s -> all.add(new ShardRange(s.shardId() + "-" + generation, s.first(), s.last(), true)));
        return all;
    }

    private void answer(PipelineBench bench, FakeKinesis.Request request, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> request.fail(new PutOutcome.Retryable("Http503", "away", false));
            case 1 -> request.fail(new PutOutcome.Retryable("LimitExceededException", "slow", true));
            default ->
                request.answer(record -> switch (random.nextInt(5)) {
                    case 0 -> new PutOutcome.Retryable("InternalFailure", "oops", false);
                    case 1 -> new PutOutcome.Retryable("ProvisionedThroughputExceededException", "slow", true);
                    default -> store(bench, record);
                });
        }
    }

    /** As Kinesis and KCL do: an event that lies in a shard to which its key does not belong is not read. */
    private PutOutcome store(PipelineBench bench, OutRecord record) {
        PutOutcome.Delivered where = (PutOutcome.Delivered) bench.kinesis.deliver(record);
        ShardRange shard = bench.kinesis.shards.stream()
                .filter(s -> s.shardId().equals(where.shardId()))
                .findFirst()
                .orElseThrow();
        record.events().stream()
                .filter(event -> shard.holds(HashKey.of(event.partitionKey)))
                .forEach(event -> stream.computeIfAbsent(event.partitionKey, k -> new ArrayList<>())
                        .add(new String(event.data, StandardCharsets.UTF_8)));
        return where;
    }
}
