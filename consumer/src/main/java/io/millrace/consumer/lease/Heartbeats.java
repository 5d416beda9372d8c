package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * When each of KCL's workers has last shown a sign of life, whether it holds leases or not. A live worker writes its own
 * five times within its fail-over time ({@link KclTuning}). KCL keeps them in the lease table, or in one of their own where
 * an earlier release of KCL has made that. Thread-safe.
 */
final class Heartbeats {

    /** KCL's names (WorkerMetricStats and EntityType, not public). */
    private static final String ENTITY_TYPE = "WORKER_METRIC_STATS";

    private static final String OWN_TABLE_SUFFIX = "-WorkerMetricStats";
    private static final String OWN_TABLE_KEY = "wid";
    private static final String TIME = "lut";

    private final DynamoDbAsyncClient dynamo;
    private final String leaseTable;
    private final String ownTable;

    Heartbeats(DynamoDbAsyncClient dynamo, String leaseTable) {
        this.dynamo = dynamo;
        this.leaseTable = leaseTable;
        this.ownTable = leaseTable + OWN_TABLE_SUFFIX;
    }

    /**
     * The last one of each owner of leases, by that owner's clock.
     *
     * @param leaseTableItems all items of the lease table
     */
    Map<String, String> last(Collection<LeaseItem> leaseTableItems) {
        Map<String, String> last = new HashMap<>();
        ownTable().forEach(item -> note(last, item, OWN_TABLE_KEY));
        leaseTableItems.stream()
                .filter(item -> item.isOf(ENTITY_TYPE))
                .forEach(item -> note(last, item, LeaseItem.KEY));
        return last;
    }

    private Stream<LeaseItem> ownTable() {
        try {
            return LeaseTable.scan(dynamo, ownTable);
        } catch (ResourceNotFoundException e) {
            return Stream.empty();
        }
    }

    private static void note(Map<String, String> last, LeaseItem item, String key) {
        AttributeValue owner = item.attributes().get(key);
        AttributeValue time = item.attributes().get(TIME);
        if (owner != null && time != null) {
            last.merge(owner.s(), time.n(), (one, other) -> one + " " + other);
        }
    }

    /** Takes a worker off the list, so that KCL's leader gives it no leases. */
    void forget(String owner) {
        join(dynamo.deleteItem(delete -> delete.tableName(leaseTable).key(FirstStart.key(owner))));
        try {
            join(dynamo.deleteItem(
                    delete -> delete.tableName(ownTable).key(Map.of(OWN_TABLE_KEY, AttributeValue.fromS(owner)))));
        } catch (ResourceNotFoundException e) {
            // There is no such table.
        }
    }
}
