package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.kinesis.common.DdbTableConfig;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.LeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBMultiStreamLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.TableCreatorCallback;

/**
 * KCL's lease table, {@code <APPLICATION_NAME>-leases}, made with its index in one request. KCL itself makes the index afterwards, by an update that takes
 * minutes on AWS, and looks for either every ten seconds only.
 *
 * <p>Thread-safe; several workers may make the table at once.
 */
public final class LeaseTable {

    /** The name that KCL gives its index (DynamoDBLeaseRefresher, not public). */
    private static final String INDEX = "LeaseOwnerToLeaseKeyIndex";

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_SECONDS = 1;

    /** For one try; on AWS, adding the index to a table that has none takes minutes, and so several tries. */
    private static final long WAIT_SECONDS = 5;

    private final DynamoDbAsyncClient dynamo;
    private final String name;
    private final FormerTable former;
    private final LeaseSerializer serializer = new DynamoDBMultiStreamLeaseSerializer();
    private final LeaseRefresher refresher;

    public LeaseTable(DynamoDbAsyncClient dynamo, String applicationName) {
        this.dynamo = dynamo;
        this.name = nameFor(applicationName);
        this.former = new FormerTable(dynamo, applicationName, name);
        this.refresher = new DynamoDBLeaseRefresher(
                name,
                dynamo,
                serializer,
                true,
                TableCreatorCallback.NOOP_TABLE_CREATOR_CALLBACK,
                REQUEST_TIMEOUT,
                new DdbTableConfig(),
                false,
                false,
                List.of());
    }

    /**
     * The lease table's name, which KCL takes for the application's. Earlier versions had their leases in a table with
     * the application's own name; were both in one, a worker of either would be given leases of the other.
     */
    public static String nameFor(String applicationName) {
        return applicationName + "-leases";
    }

    String name() {
        return name;
    }

    /**
     * Makes the table and its index where they are missing, and waits a moment for both to serve.
     *
     * @throws Exception where DynamoDB does not answer, or refuses, or they do not serve yet; all of it can be tried again
     */
    public void ensureActive() throws Exception {
        if (!exists(dynamo, name)) {
            create();
        }
        boolean active = refresher.waitUntilLeaseTableExists(POLL_SECONDS, WAIT_SECONDS);
        refresher.createLeaseOwnerToLeaseKeyIndexIfNotExists();
        if (!active || !refresher.waitUntilLeaseOwnerToLeaseKeyIndexExists(POLL_SECONDS, WAIT_SECONDS)) {
            throw new IllegalStateException("DynamoDB is still making it or its index");
        }
    }

    /** When the application first came to a stream. */
    FirstStart firstStart() {
        return new FirstStart(dynamo, name);
    }

    /** Up to when each shard is committed. */
    public ReadMarks readMarks() {
        return new ReadMarks(dynamo, name);
    }

    /** The table that earlier versions have their leases in. */
    public FormerTable former() {
        return former;
    }

    /** All that is in the table now: leases, and what KCL keeps beside them. */
    Stream<LeaseItem> everything() {
        return scan(dynamo, name);
    }

    /** All leases as they are now, and what a roll-back has {@link LeftBehind}. */
    Stream<LeaseItem> items() {
        return everything().filter(LeaseItem::isLease);
    }

    /** The leases under which shards are read. */
    Stream<LeaseItem> inForce() {
        return items().filter(lease -> !LeftBehind.is(lease));
    }

    /** The signs of life of KCL's workers on this table. */
    Heartbeats heartbeats() {
        return new Heartbeats(dynamo, name);
    }

    /** All items of a table, read consistently. */
    static Stream<LeaseItem> scan(DynamoDbAsyncClient dynamo, String table) {
        List<LeaseItem> items = new ArrayList<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            ScanResponse page = join(dynamo.scan(scan ->
                    scan.tableName(table).consistentRead(true).exclusiveStartKey(start.isEmpty() ? null : start)));
            page.items().stream().map(LeaseItem::new).forEach(items::add);
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return items.stream();
    }

    /** Reads and writes single leases. */
    public LeaseRefresher leases() {
        return refresher;
    }

    static boolean exists(DynamoDbAsyncClient dynamo, String table) {
        try {
            join(dynamo.describeTable(request -> request.tableName(table)));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private void create() {
        List<AttributeDefinition> attributes = new ArrayList<>(serializer.getAttributeDefinitions());
        serializer.getWorkerIdToLeaseKeyIndexAttributeDefinitions().stream()
                .filter(attribute -> !attributes.contains(attribute))
                .forEach(attributes::add);
        GlobalSecondaryIndex index = GlobalSecondaryIndex.builder()
                .indexName(INDEX)
                .keySchema(serializer.getWorkerIdToLeaseKeyIndexKeySchema())
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                .build();
        try {
            join(dynamo.createTable(table -> table.tableName(name)
                    .keySchema(serializer.getKeySchema())
                    .attributeDefinitions(attributes)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .globalSecondaryIndexes(index)));
        } catch (ResourceInUseException e) {
            // Another worker was faster.
        }
    }
}
