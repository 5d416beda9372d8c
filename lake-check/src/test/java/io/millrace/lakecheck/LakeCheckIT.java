package io.millrace.lakecheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.StreamProducer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The check against a consumer that delivers well or badly, as each test says. */
class LakeCheckIT {

    private static final String SHARD = "shardId-000000000000";
    private static final String HOUR = "service=s/year=2025/month=11/day=09/hour=13/";
    private static final String FIRST = event("one");
    private static final String SECOND = event("two");
    private static final String UNTIMED = "{\"service\":\"s\", \"id\":\"three\"}";

    @RegisterExtension
    final LocalAwsExtension aws = LocalAwsExtension.create();

    @TempDir
    Path folder;

    private List<String> sent = List.of(FIRST, SECOND);
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ExecutorService consumer = Executors.newSingleThreadExecutor(task -> new Thread(task, "consumer"));

    @BeforeEach
    void setUp() {
        aws.createStream("stream", 1);
        aws.createBucket("lake");
        aws.dynamoDb()
                .createTable(table -> table.tableName("app-leases")
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("leaseKey")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("leaseKey")
                                .keyType(KeyType.HASH)
                                .build())
                        .provisionedThroughput(t -> t.readCapacityUnits(1L).writeCapacityUnits(1L)));
        put(HOUR + "part-from-an-earlier-run.jsonl", FIRST + "\n" + SECOND + "\n");
    }

    @AfterEach
    void tearDown() {
        consumer.shutdownNow();
    }

    @Test
    void isContentWhenEachEventArrivesOnceWhateverLayThereBefore() throws Exception {
        assertTrue(check(FIRST + "\n", SECOND + "\n"), said::toString);
    }

    @Test
    void doesNotMindOtherSendersEvents() throws Exception {
        assertTrue(check(FIRST + "\n" + event("another's") + "\n" + SECOND + "\n"), said::toString);
    }

    @Test
    void noticesAMissingEvent() throws Exception {
        assertFalse(check(FIRST + "\n"));
        assertTrue(said.toString(UTF_8).contains("1 missing, 0 doubled"), said::toString);
    }

    @Test
    void noticesADoubledEvent() throws Exception {
        assertFalse(check(FIRST + "\n" + SECOND + "\n", SECOND + "\n"));
        assertTrue(said.toString(UTF_8).contains("0 missing, 1 doubled"), said::toString);
    }

    @Test
    void noticesAChangedByte() throws Exception {
        assertFalse(check(FIRST + "\n" + SECOND.replace("5.20", "5.2") + "\n"));
        assertTrue(said.toString(UTF_8).contains("1 missing"), said::toString);
    }

    @Test
    void findsAnEventWithoutATimeInTheHourOfItsArrival() throws Exception {
        sent = List.of(FIRST, UNTIMED);
        String now = DateTimeFormatter.ofPattern("'service=s/year='yyyy'/month='MM'/day='dd'/hour='HH'/'", Locale.ROOT)
                .format(Instant.now().atOffset(ZoneOffset.UTC));
        assertTrue(
                check(Map.of(HOUR + "part-1.jsonl", FIRST + "\n", now + "part-2.jsonl", UNTIMED + "\n")),
                said::toString);
    }

    @Test
    void missesAnEventWithoutATimeThatLiesElsewhere() throws Exception {
        sent = List.of(FIRST, UNTIMED);
        assertFalse(check(FIRST + "\n" + UNTIMED + "\n"));
        assertTrue(said.toString(UTF_8).contains("1 missing, 0 doubled"), said::toString);
    }

    @Test
    void noticesThatTheConsumerDoesNotCommit() throws Exception {
        assertFalse(run(Duration.ofSeconds(1)));
        assertTrue(said.toString(UTF_8).contains("checkpoint did not pass"), said::toString);
    }

    private boolean check(String... contents) throws Exception {
        Map<String, String> objects = new HashMap<>();
        for (String content : contents) {
            objects.put(HOUR + "part-" + objects.size() + ".jsonl", content);
        }
        return check(objects);
    }

    /** Runs the check beside a consumer that writes these objects and then checkpoints at the shard's last record. */
    private boolean check(Map<String, String> objects) throws Exception {
        Future<?> delivery = consumer.submit(() -> {
            String last = awaitLastSequenceNumber(sent.size());
            objects.forEach(this::put);
            aws.dynamoDb()
                    .putItem(item -> item.tableName("app-leases")
                            .item(Map.of(
                                    "leaseKey",
                                    AttributeValue.fromS("000000000000:stream:1762694673:" + SHARD),
                                    "checkpoint",
                                    AttributeValue.fromS(last))));
        });
        boolean ok = run(Duration.ofSeconds(30));
        delivery.get();
        return ok;
    }

    private boolean run(Duration timeout) throws Exception {
        Path file = Files.writeString(folder.resolve("events.jsonl"), String.join("\n", sent) + "\n");
        try (StreamProducer producer = StreamProducer.start(ProducerConfig.builder().stream("stream")
                .endpoint(aws.endpoint())
                .build())) {
            return new LakeCheck(
                            new Lake(aws.s3(), "lake"),
                            new Leases(aws.dynamoDb(), "app", "stream"),
                            new Sender(producer),
                            Clock.systemUTC(),
                            new PrintStream(said, true, UTF_8))
                    .run(EventFile.read(file, new EventPlaces("service", "timestamp")), timeout);
        }
    }

    /** Events may share a record, a line each, where the machine is slow. */
    private String awaitLastSequenceNumber(int events) {
        String iterator = aws.kinesis()
                .getShardIterator(get ->
                        get.streamName("stream").shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        long seen = 0;
        while (true) {
            String at = iterator;
            GetRecordsResponse response = aws.kinesis().getRecords(get -> get.shardIterator(at));
            List<Record> found = response.records();
            seen += found.stream()
                    .mapToLong(record -> record.data().asUtf8String().lines().count())
                    .sum();
            if (seen >= events) {
                return found.get(found.size() - 1).sequenceNumber();
            }
            iterator = response.nextShardIterator();
        }
    }

    private void put(String key, String content) {
        aws.s3().putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(content));
    }

    private static String event(String id) {
        return "{\"timestamp\":\"2025-11-09T13:24:33Z\", \"service\":\"s\", \"score\":5.20, \"id\":\"" + id + "\"}";
    }
}
