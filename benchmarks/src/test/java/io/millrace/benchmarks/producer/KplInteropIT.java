package io.millrace.benchmarks.producer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.benchmarks.process.LocalAws;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Amazon's KPL with its native daemon, and ours in its format: KCL takes the aggregates of both apart. */
class KplInteropIT {
    private static final int ROUND = 500;
    private static final int MOST_ROUNDS = 100;
    private static final int KEYS = 50;

    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, List<String>> sent = new HashMap<>();

    @ParameterizedTest
    @EnumSource(names = {"KPL_AGGREGATED", "OURS_AGGREGATED"})
    void kclReadsEveryEventOfAnAggregateWithItsKey(Contender contender) throws Exception {
        try (LocalAws server = LocalAws.start(List.of("-Xmx256m"), "--tls-port", "0");
                KinesisClient kinesis = server.client(KinesisClient.builder())
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .build()) {
            kinesis.createStream(r -> r.streamName("interop").shardCount(1));
            kinesis.waiter().waitUntilStreamExists(r -> r.streamName("interop"));
            URI endpoint = contender == Contender.KPL_AGGREGATED ? server.tlsEndpoint() : server.endpoint();
            List<Record> records = sendUntilAggregated(contender, new Target(endpoint, "interop"), kinesis);
            assertEquals(sorted(sent), sorted(deaggregated(records)));
        }
    }

    /** Neither aggregates before it knows the shards; both learn them while they send. */
    private List<Record> sendUntilAggregated(Contender contender, Target target, KinesisClient kinesis) {
        try (Sender sender = contender.open(target, new Sender.Acknowledgements() {
            @Override
            public void delivered(int event) {
                acknowledged.incrementAndGet();
            }

            @Override
            public void failed(int event, Throwable cause) {
                failures.add(cause);
                acknowledged.incrementAndGet();
            }
        })) {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                int until = (round + 1) * ROUND;
                for (int i = round * ROUND; i < until; i++) {
                    String key = "key-" + i % KEYS;
                    String data = "{\"n\":" + i + "}";
                    sender.send(i, key, data.getBytes(StandardCharsets.UTF_8));
                    sent.computeIfAbsent(key, k -> new ArrayList<>()).add(data);
                }
                sender.flush();
                await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.get() == until);
                assertEquals(List.of(), List.copyOf(failures));
                List<Record> records = read(kinesis);
                if (records.size() < until) {
                    return records;
                }
            }
        }
        throw new AssertionError(contender + " has not aggregated within " + MOST_ROUNDS * ROUND + " events");
    }

    private static List<Record> read(KinesisClient kinesis) {
        String iterator = kinesis.getShardIterator(r -> r.streamName("interop")
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        List<Record> records = new ArrayList<>();
        GetRecordsResponse response;
        do {
            String current = iterator;
            response = kinesis.getRecords(r -> r.shardIterator(current));
            records.addAll(response.records());
            iterator = response.nextShardIterator();
        } while (response.millisBehindLatest() > 0);
        return records;
    }

    /** The KPL promises no order. */
    private static Map<String, List<String>> sorted(Map<String, List<String>> byKey) {
        byKey.values().forEach(data -> data.sort(Comparator.naturalOrder()));
        return byKey;
    }

    private static Map<String, List<String>> deaggregated(List<Record> records) {
        Map<String, List<String>> byKey = new HashMap<>();
        new AggregatorUtil()
                .deaggregate(
                        records.stream().map(KinesisClientRecord::fromRecord).toList())
                .forEach(event -> byKey.computeIfAbsent(event.partitionKey(), k -> new ArrayList<>())
                        .add(StandardCharsets.UTF_8.decode(event.data()).toString()));
        return byKey;
    }
}
