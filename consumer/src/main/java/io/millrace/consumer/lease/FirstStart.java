package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * From when on an application reads a stream. It is kept in the stream's leases, in an attribute of our own that KCL
 * leaves alone ({@value #ATTRIBUTE}, in milliseconds), and holds at every later start and for every worker: a shard
 * whose first records were not yet committed would otherwise begin elsewhere, and what lies between would be lost.
 *
 * <p>A lease's time never changes once it is kept, and the earliest of all leases' holds. So workers that keep theirs at
 * the same moment and look afterwards find the same. Thread-safe.
 */
final class FirstStart {

    static final String ATTRIBUTE = "millraceFirstStartMillis";

    private final DynamoDbAsyncClient dynamo;
    private final String table;

    FirstStart(DynamoDbAsyncClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /** The earliest time that one of these leases holds. */
    Optional<Instant> find(Collection<String> leaseKeys) {
        return leaseKeys.stream().map(this::read).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private Optional<Instant> read(String leaseKey) {
        return of(join(dynamo.getItem(
                        get -> get.tableName(table).key(key(leaseKey)).consistentRead(true)))
                .item());
    }

    /** The time that a lease holds. */
    static Optional<Instant> of(Map<String, AttributeValue> lease) {
        return Optional.ofNullable(lease.get(ATTRIBUTE)).map(value -> Instant.ofEpochMilli(Long.parseLong(value.n())));
    }

    /** The attribute, for a lease that is made with it. */
    static Map<String, AttributeValue> attribute(Instant time) {
        return Map.of(ATTRIBUTE, AttributeValue.fromN(Long.toString(time.toEpochMilli())));
    }

    /**
     * Keeps it in these leases, where none is kept yet.
     *
     * @return the time that holds, this one or an earlier worker's
     */
    Instant keep(Collection<String> leaseKeys, Instant time) {
        for (String leaseKey : leaseKeys) {
            try {
                join(dynamo.updateItem(update -> update.tableName(table)
                        .key(key(leaseKey))
                        .updateExpression("SET " + ATTRIBUTE + " = :time")
                        .conditionExpression(
                                "attribute_exists(" + LeaseItem.KEY + ") AND attribute_not_exists(" + ATTRIBUTE + ")")
                        .expressionAttributeValues(
                                Map.of(":time", AttributeValue.fromN(Long.toString(time.toEpochMilli()))))));
            } catch (ConditionalCheckFailedException e) {
                // It is kept already, or the lease is gone.
            }
        }
        return find(leaseKeys).orElse(time);
    }

    static Map<String, AttributeValue> key(String leaseKey) {
        return Map.of(LeaseItem.KEY, AttributeValue.fromS(leaseKey));
    }
}
