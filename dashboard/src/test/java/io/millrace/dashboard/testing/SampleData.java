package io.millrace.dashboard.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;

/** A small system as it looks after some days of work: a day of logs, dead letters, leases, records in the stream. */
public final class SampleData {

    public static final String STREAM = "stage01-logs-stream";
    public static final String BUCKET = "md-raw-logs";
    public static final String EMPTY_BUCKET = "md-raw-metrics";
    public static final List<String> SERVICES =
            List.of("api-gateway", "auth", "checkout", "inventory", "payments", "search");

    /** Midnight of yesterday, UTC: the day that is full of logs; the same for a whole run, also over midnight. */
    @SuppressWarnings("TimeInStaticInitializer")
    public static final Instant DAY = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));

    private static final int HOURS = 24;
    private static final long COMMIT_MILLIS = 5_000;
    private static final long EVENT_BYTES = 420;
    private static final String[] LEVELS = {"INFO", "INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"};
    private static final String[] MESSAGES = {
        "GET /api/v1/orders 200 in 34 ms",
        "POST /api/v1/payments 201 in 182 ms",
        "token refreshed for client web-7",
        "SELECT * FROM stock WHERE sku = ? took 12 ms",
        "retry 2 of 5: upstream answered 503",
        "cache miss for key cart:8812",
        "connection pool is at 90 % of its size",
        "timeout after 30s calling ledger"
    };

    private final Random random = new Random(7);

    /** One event as the services of the sample write it. */
    public String event(Instant time) {
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        return event(service, time);
    }

    private String event(String service, Instant time) {
        return "{\"timestamp\":\"" + time + "\",\"service\":\"" + service + "\",\"level\":\""
                + LEVELS[random.nextInt(LEVELS.length)] + "\",\"message\":\""
                + MESSAGES[random.nextInt(MESSAGES.length)]
                + "\",\"trace_id\":\"" + Long.toHexString(random.nextLong()) + "\",\"log_type\":\""
                + service.replace('-', '_')
                + "_log\",\"http\":{\"status\":" + (random.nextInt(9) == 0 ? 500 : 200) + ",\"bytes\":"
                + random.nextInt(90_000) + "},\"anomaly_score\":" + random.nextInt(100) / 10.0
                + ",\"request_id\":\"req-"
                + random.nextInt(1_000_000) + "\"}";
    }

    public void lake(S3Client s3) {
        Lake lake = new Lake(s3, BUCKET);
        for (int i = 0; i < SERVICES.size(); i++) {
            for (int hour = 0; hour < HOURS; hour++) {
                // Some hours are quiet, as they are.
                if ((hour * 7 + i * 5) % 11 != 0) {
                    Instant start = DAY.plus(Duration.ofHours(hour));
                    String folder = Lake.folder(SERVICES.get(i), start.toString());
                    for (int part = 0; part <= (i + hour) % 3; part++) {
                        lake.put(folder + "part-" + hour + "-" + part + ".jsonl", events(SERVICES.get(i), start));
                    }
                }
            }
        }
        String hour = Lake.folder("x", DAY.toString()).substring("service=x/".length());
        lake.put(
                        "_dead-letter/reason=not-json/" + hour + "part-1.jsonl",
                        List.of("{\"reason\":\"not-json\",\"data\":\"aGk=\"}"))
                .put(
                        "_dead-letter/reason=not-an-object/" + hour + "part-2.jsonl",
                        List.of("{\"reason\":\"not-an-object\"}"));
    }

    private List<String> events(String service, Instant start) {
        List<String> events = new ArrayList<>();
        int count = 10 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            events.add(event(service, start.plusMillis(3_600_000L * i / count + random.nextInt(900))));
        }
        return events;
    }

    /** Plain records, one that is compressed, and one of the Kinesis Producer Library. */
    public void records(KinesisClient kinesis) {
        Instant now = Instant.now();
        List<byte[]> data = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            data.add(event(now.minusSeconds(60 - i)).getBytes(StandardCharsets.UTF_8));
        }
        data.add(Lake.gzip(event(now).getBytes(StandardCharsets.UTF_8)));
        data.add(Aggregate.of(List.of(event(now), event(now), event(now))));
        kinesis.putRecords(r -> r.streamName(STREAM)
                .records(data.stream()
                        .map(bytes -> PutRecordsRequestEntry.builder()
                                .partitionKey("key-" + random.nextInt(1000))
                                .data(SdkBytes.fromByteArray(bytes))
                                .build())
                        .toList()));
    }

    /** The leases of two shards as KCL writes them; one has a commit under way. */
    public void leases(DynamoDbClient dynamo, String table) {
        dynamo.createTable(r -> r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(KeySchemaElement.builder()
                        .attributeName("leaseKey")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("leaseKey")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
        for (int shard = 0; shard < 2; shard++) {
            Map<String, AttributeValue> item = new HashMap<>();
            item.put("leaseKey", AttributeValue.fromS("shardId-00000000000" + shard));
            item.put("leaseOwner", AttributeValue.fromS("consumer-" + shard));
            item.put("leaseCounter", AttributeValue.fromN("812"));
            item.put("checkpoint", AttributeValue.fromS("4968044340007422137058430287079452912801217" + shard));
            item.put("checkpointSubSequenceNumber", AttributeValue.fromN("0"));
            item.put("ownerSwitchesSinceCheckpoint", AttributeValue.fromN(String.valueOf(shard)));
            if (shard == 1) {
                item.put("pendingCheckpoint", AttributeValue.fromS("49680443400074221370584302870794529128012999"));
            }
            dynamo.putItem(r -> r.tableName(table).item(item));
        }
    }

    /** What a consumer of both shards tells: records come all the time, and are committed every five seconds. */
    public static String status() {
        long now = System.currentTimeMillis();
        long commit = now - now % COMMIT_MILLIS;
        long written = recordsUntil(commit);
        long open = recordsUntil(now) - written;
        return """
            {"application":"millrace-consumer","workerId":"consumer-0","version":"1.0","started":"%s","healthy":true,
             "ready":true,"problems":[],"streams":[{"stream":"%s","bucket":"%s"}],
             "totals":{"records":%d,"written":%d,"deadLettered":2,"batches":812,"objects":4120,"objectBytes":%d,
             "lastCommit":"%s"},"buffer":{"bytes":%d,"limitBytes":268435456},"shards":[%s,%s]}\
            """.formatted(
                        DAY,
                        STREAM,
                        BUCKET,
                        written,
                        written,
                        written * EVENT_BYTES,
                        Instant.ofEpochMilli(commit),
                        open * EVENT_BYTES,
                        shard(0, open / 2, now - commit),
                        shard(1, open - open / 2, now - commit));
    }

    private static long recordsUntil(long millis) {
        double seconds = (millis - DAY.toEpochMilli()) / 1000.0;
        return Math.round(480 * seconds + 2_400 * Math.sin(seconds / 23) + 500 * Math.sin(seconds / 5));
    }

    private static String shard(int number, long open, long sinceCommit) {
        return """
            {"stream":"%s","shardId":"shardId-00000000000%d","state":"RUNNING","openRecords":%d,"heldBytes":%d,
             "oldestUnflushedMillis":%d,"retryingMillis":0,"millisBehindLatest":%d}\
            """.formatted(
                STREAM, number, open, open * EVENT_BYTES, Math.max(40, sinceCommit - 150L * number), 60 + 90L * number);
    }
}
