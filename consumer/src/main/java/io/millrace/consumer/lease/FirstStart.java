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
 * When an application first came to a stream. It is kept in the stream's leases, in an attribute of our own that KCL
 * leaves alone ({@value #ATTRIBUTE}, in milliseconds), and is what "from now on" means at every later start: a shard
 * whose first records were not yet committed would otherwise begin at its newest record again, and lose those.
 *
 * <p>Thread-safe; of several workers the earliest time holds.
 */
final class FirstStart {

    private static final String ATTRIBUTE = "millraceFirstStartMillis";
    private static final String KEY = "leaseKey";

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
        AttributeValue millis = join(dynamo.getItem(
                        get -> get.tableName(table).key(key(leaseKey)).consistentRead(true)))
                .item()
                .get(ATTRIBUTE);
        return Optional.ofNullable(millis).map(value -> Instant.ofEpochMilli(Long.parseLong(value.n())));
    }

    /** Keeps it in these leases, where it is not kept yet. */
    void keep(Collection<String> leaseKeys, Instant time) {
        for (String leaseKey : leaseKeys) {
            try {
                join(dynamo.updateItem(update -> update.tableName(table)
                        .key(key(leaseKey))
                        .updateExpression("SET " + ATTRIBUTE + " = :time")
                        .conditionExpression(
                                "attribute_exists(" + KEY + ") AND attribute_not_exists(" + ATTRIBUTE + ")")
                        .expressionAttributeValues(
                                Map.of(":time", AttributeValue.fromN(Long.toString(time.toEpochMilli()))))));
            } catch (ConditionalCheckFailedException e) {
                // It is kept already, or the lease is gone.
            }
        }
    }

    private static Map<String, AttributeValue> key(String leaseKey) {
        return Map.of(KEY, AttributeValue.fromS(leaseKey));
    }
}
