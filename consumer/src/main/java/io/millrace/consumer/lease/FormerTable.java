package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The lease table of the versions before {@link LeaseTable}'s. It has the application's own name. An application of one
 * stream ({@code STREAM_NAME}) kept leases there that do not name the stream.
 *
 * <p>This version moves those leases out. An earlier version that is started afterwards must not begin anew: it would
 * write everything a second time. Two things stop it, and neither is seen by this version's KCL, which reads another
 * table:
 *
 * <ul>
 *   <li>A lease that was moved stays here and gets a pending commit that the earlier version refuses to read.
 *   <li>Each stream has a guard here, moved leases or not. The earlier version reads {@code millraceFirstStartMillis} of
 *       every lease as a number before it starts; the guard's is a text, so that version waits and says so.
 * </ul>
 *
 * <p>Thread-safe; several workers may do the same at once.
 */
public final class FormerTable {

    /** Names the table that a lease was moved to; on leases that stay behind. */
    private static final String MOVED_TO = "millraceMovedTo";

    private static final String GUARD = "moved:";

    private final DynamoDbAsyncClient dynamo;
    private final String name;
    private final String successor;

    /** @param successor the table that leases are moved to */
    FormerTable(DynamoDbAsyncClient dynamo, String name, String successor) {
        this.dynamo = dynamo;
        this.name = name;
        this.successor = successor;
    }

    String name() {
        return name;
    }

    /**
     * Makes the table where it is missing: the guards need a place.
     *
     * @throws IllegalStateException while DynamoDB is still making it; try again
     */
    public void ensureActive() {
        if (!LeaseTable.exists(dynamo, name)) {
            try {
                join(dynamo.createTable(table -> table.tableName(name)
                        .keySchema(KeySchemaElement.builder()
                                .attributeName(LeaseItem.KEY)
                                .keyType(KeyType.HASH)
                                .build())
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName(LeaseItem.KEY)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .billingMode(BillingMode.PAY_PER_REQUEST)));
            } catch (ResourceInUseException e) {
                // Another worker was faster.
            }
        }
        TableStatus status = join(dynamo.describeTable(table -> table.tableName(name)))
                .table()
                .tableStatus();
        if (status != TableStatus.ACTIVE && status != TableStatus.UPDATING) {
            throw new IllegalStateException("DynamoDB is still making it");
        }
    }

    /** Keeps earlier versions from starting on this stream. */
    void guard(SourceStream stream) {
        String identity = stream.identity().serialize();
        Map<String, AttributeValue> guard = new HashMap<>(Map.of(
                LeaseItem.KEY, AttributeValue.fromS(GUARD + identity),
                LeaseItem.STREAM, AttributeValue.fromS(identity),
                LeaseItem.SHARD, AttributeValue.fromS("moved"),
                LeaseItem.COUNTER, AttributeValue.fromN("0"),
                LeaseItem.OWNER_SWITCHES, AttributeValue.fromN("0"),
                LeaseItem.CHECKPOINT, AttributeValue.fromS("TRIM_HORIZON"),
                LeaseItem.CHECKPOINT_SUB, AttributeValue.fromN("0")));
        guard.putAll(unreadable("TRIM_HORIZON"));
        join(dynamo.putItem(put -> put.tableName(name).item(guard)));
    }

    /** The leases that are still to be moved, of whatever stream. */
    List<LeaseItem> unmoved() {
        return items().filter(lease -> !lease.attributes().containsKey(MOVED_TO))
                .toList();
    }

    private Stream<LeaseItem> items() {
        return LeaseTable.items(dynamo, name).filter(lease -> !lease.key().startsWith(GUARD));
    }

    /**
     * Moves a lease in one step: whoever holds it loses it, and whoever gets it finds its position and its pending commit.
     *
     * @param moved the lease in its new form
     * @throws software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException where the lease has changed
     *     since it was read, or the new one is there already
     */
    void move(LeaseItem lease, LeaseItem moved) {
        Put put = Put.builder()
                .tableName(successor)
                .item(moved.attributes())
                .conditionExpression("attribute_not_exists(" + LeaseItem.KEY + ")")
                .build();
        join(dynamo.transactWriteItems(write -> write.transactItems(
                leaveBehind(lease), TransactWriteItem.builder().put(put).build())));
    }

    /** Leaves a lease behind that needs no successor: its shard's is there, further on. */
    void retire(LeaseItem lease) {
        join(dynamo.transactWriteItems(write -> write.transactItems(leaveBehind(lease))));
    }

    private TransactWriteItem leaveBehind(LeaseItem lease) {
        Map<String, AttributeValue> left = new HashMap<>(lease.withoutOwner().attributes());
        left.putAll(unreadable(lease.checkpoint()));
        left.put(MOVED_TO, AttributeValue.fromS(successor));
        LeaseItem.Condition unchanged = lease.unchanged();
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name)
                        .item(left)
                        .conditionExpression(unchanged.expression())
                        .expressionAttributeValues(unchanged.values()))
                .build();
    }

    /** What earlier versions refuse: a pending commit of an unknown version, and a time that is no number. */
    private Map<String, AttributeValue> unreadable(String checkpoint) {
        String state = "1:0 {\"v\":\"of the table " + successor + "\"}";
        return Map.of(
                LeaseItem.PENDING, AttributeValue.fromS(checkpoint),
                LeaseItem.PENDING_SUB, AttributeValue.fromN("0"),
                LeaseItem.PENDING_STATE, AttributeValue.fromB(SdkBytes.fromString(state, StandardCharsets.UTF_8)),
                FirstStart.ATTRIBUTE, AttributeValue.fromS("moved to the table " + successor));
    }

    /** Moves a lease back, in the form that earlier versions read; the step before {@link #open}. */
    void moveBack(LeaseItem lease, LeaseItem former) {
        LeaseItem.Condition unchanged = lease.unchanged();
        TransactWriteItem put = TransactWriteItem.builder()
                .put(item -> item.tableName(name).item(former.attributes()))
                .build();
        TransactWriteItem delete = TransactWriteItem.builder()
                .delete(item -> item.tableName(successor)
                        .key(FirstStart.key(lease.key()))
                        .conditionExpression(unchanged.expression())
                        .expressionAttributeValues(unchanged.values()))
                .build();
        join(dynamo.transactWriteItems(write -> write.transactItems(put, delete)));
    }

    /** Lets earlier versions start again on this stream. */
    void open(SourceStream stream) {
        String key = GUARD + stream.identity().serialize();
        join(dynamo.deleteItem(delete -> delete.tableName(name).key(FirstStart.key(key))));
    }

    /** Forgets the leases that were left behind and have not been moved back. */
    void forgetLeftBehind() {
        items().filter(lease -> lease.attributes().containsKey(MOVED_TO))
                .forEach(lease ->
                        join(dynamo.deleteItem(delete -> delete.tableName(name).key(FirstStart.key(lease.key())))));
    }
}
