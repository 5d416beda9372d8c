package io.millrace.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Runs the processes as they are deployed, in an AWS that Terraform has prepared, and compares the calls that arrive with
 * the rights that Terraform gives: none is missing, and none is there for nothing.
 */
class PolicyIT {

    private static final String STREAM = "logs";
    private static final String BUCKET = "lake";
    private static final String APPLICATION = "millrace";
    private static final String LEASES = APPLICATION + "-leases";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void prepareAsTerraformDoes() {
        if (aws.kinesis().listStreams().streamNames().contains(STREAM)) {
            return;
        }
        aws.createStream(STREAM, 2);
        aws.createBucket(BUCKET);
        aws.dynamoDb()
                .createTable(table -> table.tableName(LEASES)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(text("leaseKey"), text("leaseOwner"))
                        .keySchema(key("leaseKey", KeyType.HASH))
                        .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                                .indexName("LeaseOwnerToLeaseKeyIndex")
                                .keySchema(key("leaseOwner", KeyType.HASH), key("leaseKey", KeyType.RANGE))
                                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                                .build()));
        table(LEASES + "-CoordinatorState", "key");
        table(LEASES + "-WorkerMetricStats", "wid");
        table(APPLICATION, "leaseKey");
        put("this is no JSON");
    }

    @Test
    void theConsumerCallsWhatItMay() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "STREAM_NAME", STREAM,
                "TARGET_BUCKET", BUCKET,
                "APPLICATION_NAME", APPLICATION,
                "WORKER_ID", "first",
                "FAILOVER_TIME", "3",
                "FLUSH_INTERVAL", "1",
                "STATUS_PORT", "0"));
        Set<String> allowed = Policy.actions("iam/policies/consumer.json.tftpl");
        put("{\"service\":\"a\",\"timestamp\":\"2025-11-09T13:24:33Z\"}");
        aws.localAws().calls().reset();
        try (JavaProcess first = start("consumer", settings)) {
            first.awaitLine("Total processed: ");
            settings.put("WORKER_ID", "second");
            try (JavaProcess second = start("consumer", settings)) {
                second.awaitLine("Consuming from shard");
                first.kill();
                second.awaitLine("(?s)Consuming from shard.*Consuming from shard");
                // What KCL does in the background comes in its own time.
                await().atMost(PATIENCE).untilAsserted(() -> assertEquals(allowed, called()));
                second.stop();
            }
        }
        assertEquals(allowed, called());
    }

    @Test
    void theIngestionInterfaceCallsWhatItMay() throws Exception {
        aws.localAws().calls().reset();
        try (JavaProcess ingestion =
                start("ingestion-interface", Map.of("KINESIS_STREAM_NAME", STREAM, "INGEST_PORT", "0"))) {
            String address = ingestion.awaitLine("Ingestion interface ready: (http://[^/]+)");
            HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(address + "/api/ingest/batch?sync=true"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("[{\"service\":\"b\",\"message\":\"x\"}]"));
            assertEquals(2, send(post) / 100);
            ingestion.stop();
        }
        assertEquals(Policy.actions("iam/policies/producer.json.tftpl"), called());
    }

    @Test
    void theDashboardCallsWhatItMay() throws Exception {
        aws.s3()
                .putObject(
                        put -> put.bucket(BUCKET).key("service=c/year=2025/month=11/day=09/hour=13/part-1.jsonl"),
                        RequestBody.fromString("{\"service\":\"c\",\"timestamp\":\"2025-11-09T13:24:33Z\"}\n"));
        aws.localAws().calls().reset();
        try (JavaProcess dashboard = start(
                "dashboard",
                Map.of(
                        "STREAM_NAME", STREAM,
                        "TARGET_BUCKET", BUCKET,
                        "APPLICATION_NAME", APPLICATION,
                        "CONSUMER_STATUS_URLS", "none",
                        "DASHBOARD_PORT", "0"))) {
            String address = dashboard.awaitLine("Dashboard ready: (http://[^/]+)");
            for (String path : List.of(
                    "/health",
                    "/api/stats/summary",
                    "/api/kinesis/streams",
                    "/api/kinesis/stream/" + STREAM + "/records?shard=shardId-000000000000",
                    "/api/kinesis/stream/" + STREAM + "/metrics",
                    "/api/s3/buckets",
                    "/api/s3/bucket/" + BUCKET + "/objects",
                    "/api/alerts",
                    "/api/logs/search?bucket=" + BUCKET + "&service=c&from=2025-11-09T13:00:00Z"
                            + "&to=2025-11-09T14:00:00Z")) {
                assertEquals(200, send(HttpRequest.newBuilder(URI.create(address + path))), path);
            }
            Set<String> allowed = Policy.actions("iam/policies/dashboard.json.tftpl");
            // Its index and its look at the leases come in the background.
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(allowed, called()));
        }
    }

    @Test
    void redriveCallsWhatItMay() throws Exception {
        String letter = "{\"reason\":\"not-json\",\"error\":\"x\",\"stream\":\"" + STREAM
                + "\",\"shard\":\"shardId-000000000000\",\"sequence_number\":\"1\",\"sub_sequence_number\":0,"
                + "\"partition_key\":\"p\",\"arrival_time\":\"2025-11-09T13:24:33Z\",\"index\":0,\"offset\":0,"
                + "\"data\":\"e30=\"}\n";
        aws.s3()
                .putObject(
                        put -> put.bucket(BUCKET)
                                .key("_dead-letter/reason=not-json/year=2025/month=11/day=09/hour=13/part-2.jsonl"),
                        RequestBody.fromString(letter));
        aws.localAws().calls().reset();
        try (JavaProcess redrive =
                start("consumer", Map.of(), "redrive", "--bucket", BUCKET, "--stream", STREAM, "--execute")) {
            redrive.awaitEnd();
        }
        assertEquals(Policy.actions("iam/policies/redrive.json.tftpl"), called());
    }

    private static JavaProcess start(String module, Map<String, String> settings, String... arguments)
            throws Exception {
        return JavaProcess.start(module, aws.endpoint(), settings, arguments);
    }

    private int send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** The calls that arrived, as the rights that AWS asks for them. */
    private static Set<String> called() {
        return aws.localAws().calls().snapshot().keySet().stream()
                .map(PolicyIT::right)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** S3's rights have names of their own (docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html). */
    private static String right(String call) {
        return switch (call) {
            case "s3:HeadBucket", "s3:ListObjectsV2" -> "s3:ListBucket";
            case "s3:ListBuckets" -> "s3:ListAllMyBuckets";
            case "s3:HeadObject" -> "s3:GetObject";
            default -> call;
        };
    }

    private static void put(String data) {
        aws.kinesis()
                .putRecord(put -> put.streamName(STREAM)
                        .partitionKey("p")
                        .data(SdkBytes.fromString(data, StandardCharsets.UTF_8)));
    }

    private static void table(String name, String key) {
        aws.dynamoDb()
                .createTable(table -> table.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(text(key))
                        .keySchema(key(key, KeyType.HASH)));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
