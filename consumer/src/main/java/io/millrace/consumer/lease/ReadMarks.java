package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import io.millrace.consumer.retention.ReadMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Up to when all of a shard is committed, in two attributes of our own in its lease ({@value #UP_TO} and
 * {@value #RETENTION}, in milliseconds), which KCL leaves alone. Thread-safe.
 */
public final class ReadMarks {

    private static final Logger log = LoggerFactory.getLogger(ReadMarks.class);

    private static final String UP_TO = "millraceCommittedUpToMillis";
    private static final String RETENTION = "millraceRetentionMillis";

    private final DynamoDbAsyncClient dynamo;
    private final String table;

    ReadMarks(DynamoDbAsyncClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /**
     * What is kept for a lease; where nothing is yet, the time from which on the application reads the stream, for
     * nothing before it is owed.
     *
     * @param retention the stream's, for that case
     */
    public Optional<ReadMark> find(String leaseKey, Duration retention) {
        Map<String, AttributeValue> lease = join(dynamo.getItem(get ->
                        get.tableName(table).key(FirstStart.key(leaseKey)).consistentRead(true)))
                .item();
        if (lease.containsKey(UP_TO) && lease.containsKey(RETENTION)) {
            return Optional.of(new ReadMark(
                    Instant.ofEpochMilli(millis(lease.get(UP_TO))), Duration.ofMillis(millis(lease.get(RETENTION)))));
        }
        return FirstStart.of(lease).map(start -> new ReadMark(start, retention));
    }

    private static long millis(AttributeValue value) {
        return Long.parseLong(value.n());
    }

    /** Keeps one that is later than what is kept; returns at once, and a failure is of no account: the next one is soon. */
    public void keep(String leaseKey, ReadMark mark) {
        var unused = dynamo.updateItem(update -> update.tableName(table)
                        .key(FirstStart.key(leaseKey))
                        .updateExpression("SET " + UP_TO + " = :time, " + RETENTION + " = :retention")
                        .conditionExpression("attribute_exists(checkpoint) AND (attribute_not_exists(" + UP_TO + ") OR "
                                + UP_TO + " < :time)")
                        .expressionAttributeValues(Map.of(
                                ":time",
                                AttributeValue.fromN(Long.toString(mark.upTo().toEpochMilli())),
                                ":retention",
                                AttributeValue.fromN(
                                        Long.toString(mark.retention().toMillis())))))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        log.debug("The mark of lease {} was not kept", leaseKey, failure);
                    }
                });
    }
}
