package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
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
 * <p>A lease is in force in one of the two tables at a time. In the other one it is {@link LeftBehind}. A move, either way,
 * is one transaction over both tables: it happens whole, or not at all where one of the two has changed.
 *
 * <p>Thread-safe; several workers may do the same at once.
 */
public final class FormerTable {

    private final DynamoDbAsyncClient dynamo;
    private final String name;
    private final String successor;
    /** What the way to the successor leaves here, and what the way back leaves there. */
    private final LeftBehind here;

    private final LeftBehind there;

    /** @param successor the table that leases are moved to */
    FormerTable(DynamoDbAsyncClient dynamo, String name, String successor) {
        this.dynamo = dynamo;
        this.name = name;
        this.successor = successor;
        this.here = new LeftBehind(name, successor);
        this.there = new LeftBehind(successor, name);
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
    void guard(String identity) {
        join(dynamo.putItem(put -> put.tableName(name).item(here.guard(identity))));
    }

    /** The same where a roll-back keeps this version from starting; this lifts that. */
    void guardAgain(String identity) {
        TransactWriteItem guard = TransactWriteItem.builder()
                .put(put -> put.tableName(name).item(here.guard(identity)))
                .build();
        write(guard, there.noGuard(identity));
    }

    /** Keeps workers of this version from reading the stream. The first step back. */
    void guardSuccessor(String identity) {
        join(dynamo.putItem(put -> put.tableName(successor).item(there.guard(identity))));
    }

    /**
     * Lets earlier versions start again on this stream. The last step back.
     *
     * @throws software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException where the successor is not
     *     guarded any more: a worker of this version has started meanwhile
     */
    void open(String identity) {
        write(here.noGuard(identity), there.onlyIfGuarded(identity));
    }

    /** The leases that are still to be moved, of whatever stream. */
    List<LeaseItem> unmoved() {
        return items().filter(lease -> !LeftBehind.is(lease)).toList();
    }

    /** The leases that were moved. */
    List<LeaseItem> moved() {
        return items().filter(lease -> LeftBehind.is(lease) && !LeftBehind.isGuard(lease))
                .toList();
    }

    /** The streams, by KCL's identity, on which earlier versions cannot start. */
    List<String> guarded() {
        return items().filter(LeftBehind::isGuard)
                .flatMap(guard -> guard.stream().stream())
                .toList();
    }

    private Stream<LeaseItem> items() {
        return LeaseTable.scan(dynamo, name).filter(LeaseItem::isLease);
    }

    /**
     * Moves a lease to the successor: whoever holds it loses it, and whoever gets it finds its position and its pending
     * commit.
     *
     * @param moved the lease in its new form
     * @param replaced what has its place there
     * @throws software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException where one of them has changed
     *     since it was read
     */
    void move(LeaseItem lease, LeaseItem moved, Optional<LeaseItem> replaced) {
        Put.Builder put = Put.builder().tableName(successor).item(moved.attributes());
        if (replaced.isPresent()) {
            LeaseItem.Condition unchanged = replaced.get().unchanged();
            put.conditionExpression(unchanged.expression()).expressionAttributeValues(unchanged.values());
        } else {
            put.conditionExpression("attribute_not_exists(" + LeaseItem.KEY + ")");
        }
        write(here.instead(lease), TransactWriteItem.builder().put(put.build()).build());
    }

    /** Leaves a lease behind that needs no successor: its shard's is there, further on. */
    void retire(LeaseItem lease) {
        write(here.instead(lease));
    }

    /**
     * Moves a lease back, in the form that earlier versions read.
     *
     * @throws software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException where it has changed since it was
     *     read, or an earlier version has one of its own
     */
    void moveBack(LeaseItem lease, LeaseItem former) {
        TransactWriteItem put = TransactWriteItem.builder()
                .put(item -> item.tableName(name)
                        .item(former.attributes())
                        .conditionExpression("attribute_not_exists(" + LeaseItem.KEY + ") OR " + LeftBehind.IS_MARKED))
                .build();
        write(put, there.instead(lease));
    }

    /** Deletes a lease that was left behind here, if it is still as it was read. */
    void forget(LeaseItem left) {
        forget(name, left);
    }

    /**
     * Deletes one that was left behind in the successor.
     *
     * @return whether it was still as it was read
     */
    boolean forgetInSuccessor(LeaseItem left) {
        return forget(successor, left);
    }

    private boolean forget(String table, LeaseItem left) {
        LeaseItem.Condition unchanged = left.unchanged();
        try {
            join(dynamo.deleteItem(delete -> delete.tableName(table)
                    .key(FirstStart.key(left.key()))
                    .conditionExpression(unchanged.expression() + " AND " + LeftBehind.IS_MARKED)
                    .expressionAttributeValues(unchanged.values())));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private void write(TransactWriteItem... items) {
        join(dynamo.transactWriteItems(write -> write.transactItems(Arrays.asList(items))));
    }
}
