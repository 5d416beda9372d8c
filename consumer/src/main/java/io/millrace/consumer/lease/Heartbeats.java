package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * When each of KCL's workers has last shown a sign of life, whether it holds leases or not. KCL keeps them in a table
 * beside the lease table. A live worker writes its own five times within its fail-over time ({@link KclTuning}). Thread-safe.
 */
final class Heartbeats {

    /** KCL's names for the table, its key, and the time in seconds (WorkerMetricStats, not public). */
    private static final String SUFFIX = "-WorkerMetricStats";

    private static final String WORKER = "wid";
    private static final String TIME = "lut";

    private final DynamoDbAsyncClient dynamo;
    private final String table;

    Heartbeats(DynamoDbAsyncClient dynamo, String leaseTable) {
        this.dynamo = dynamo;
        this.table = leaseTable + SUFFIX;
    }

    /** The last one of each owner of leases, by that owner's clock; none before the first worker has started. */
    Map<String, String> last() {
        Map<String, String> last = new HashMap<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            ScanResponse page;
            try {
                page = join(dynamo.scan(scan ->
                        scan.tableName(table).consistentRead(true).exclusiveStartKey(start.isEmpty() ? null : start)));
            } catch (ResourceNotFoundException e) {
                return Map.of();
            }
            for (Map<String, AttributeValue> worker : page.items()) {
                if (worker.containsKey(WORKER) && worker.containsKey(TIME)) {
                    last.put(worker.get(WORKER).s(), worker.get(TIME).n());
                }
            }
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return last;
    }

    /** Takes a worker off the list, so that KCL's leader gives it no leases. */
    void forget(String owner) {
        join(dynamo.deleteItem(delete -> delete.tableName(table).key(Map.of(WORKER, AttributeValue.fromS(owner)))));
    }
}
