package io.millrace.dashboard.stream;

import io.millrace.dashboard.util.Cached;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The consumer's leases, read from its table. Thread-safe; DynamoDB is asked at most once in {@link #MAX_AGE}. */
public final class LeaseTable {

    static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final int MAX_PAGES = 10;
    private static final int MULTI_STREAM_PARTS = 4;

    private final DynamoDbClient dynamo;
    private final String table;
    private final Cached<List<Lease>> leases;

    public LeaseTable(DynamoDbClient dynamo, String table, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.leases = new Cached<>(this::scan, MAX_AGE, clock);
    }

    /** All leases; none where there is no such table (yet). */
    public List<Lease> list() {
        return leases.get();
    }

    private List<Lease> scan() {
        List<Lease> found = new ArrayList<>();
        Map<String, AttributeValue> from = null;
        try {
            for (int page = 0; page < MAX_PAGES; page++) {
                Map<String, AttributeValue> start = from;
                ScanResponse response = dynamo.scan(r -> r.tableName(table).exclusiveStartKey(start));
                response.items().forEach(item -> found.add(lease(item)));
                if (!response.hasLastEvaluatedKey()) {
                    break;
                }
                from = response.lastEvaluatedKey();
            }
        } catch (ResourceNotFoundException e) {
            return List.of();
        }
        return List.copyOf(found);
    }

    private static Lease lease(Map<String, AttributeValue> item) {
        // An application of several streams has account:stream:creation:shard as its key.
        String[] key = text(item, "leaseKey").split(":");
        boolean namesStream = key.length == MULTI_STREAM_PARTS;
        return new Lease(
                namesStream ? key[1] : "",
                key[key.length - 1],
                text(item, "leaseOwner"),
                number(item, "leaseCounter"),
                text(item, "checkpoint"),
                number(item, "checkpointSubSequenceNumber"),
                text(item, "pendingCheckpoint"),
                binaryText(item, "pendingCheckpointState"),
                number(item, "ownerSwitchesSinceCheckpoint"));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
    }

    private static String binaryText(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null || value.b() == null) {
            return "";
        }
        String text = value.b().asString(StandardCharsets.UTF_8);
        return text.chars().allMatch(c -> c >= ' ') ? text : "";
    }
}
