package io.millrace.localaws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What reads of a replica that lags by a minute answer. */
class StaleReadsIT {

    private static final String TABLE = "leases";
    private static final Map<String, AttributeValue> KEY = Map.of("leaseKey", AttributeValue.fromS("shard"));

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @BeforeAll
    static void makeTable() {
        aws.dynamoDb()
                .createTable(r -> r.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("leaseKey")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("leaseKey")
                                .keyType(KeyType.HASH)
                                .build()));
    }

    @BeforeEach
    void anItemOfLongAgoAndALag() {
        aws.dynamoDb().putItem(r -> r.tableName(TABLE).item(item("old")));
        aws.faults().add(Fault.staleReads(Duration.ofMinutes(1)));
    }

    @Test
    void aReadThatAsksForConsistencyFindsTheNewest() {
        aws.dynamoDb().putItem(r -> r.tableName(TABLE).item(item("new")));

        assertEquals(Optional.of("old"), get(false));
        assertEquals(Optional.of("new"), get(true));
    }

    @Test
    void everyKindOfWriteIsLate() {
        aws.dynamoDb()
                .updateItem(r -> r.tableName(TABLE)
                        .key(KEY)
                        .updateExpression("SET leaseOwner = :o")
                        .expressionAttributeValues(Map.of(":o", AttributeValue.fromS("updated"))));
        assertEquals(Optional.of("old"), get(false));
        forget("updated");

        aws.dynamoDb().deleteItem(r -> r.tableName(TABLE).key(KEY));
        assertEquals(Optional.of("updated"), get(false));
        assertEquals(Optional.empty(), get(true));
        forget("again");

        aws.dynamoDb()
                .batchWriteItem(r -> r.requestItems(Map.of(
                        TABLE,
                        List.of(WriteRequest.builder()
                                .putRequest(
                                        PutRequest.builder().item(item("batch")).build())
                                .build()))));
        assertEquals(Optional.of("again"), get(false));
        forget("batch");

        aws.dynamoDb()
                .transactWriteItems(r -> r.transactItems(TransactWriteItem.builder()
                        .update(Update.builder()
                                .tableName(TABLE)
                                .key(KEY)
                                .updateExpression("SET leaseOwner = :o")
                                .expressionAttributeValues(Map.of(":o", AttributeValue.fromS("transaction")))
                                .build())
                        .build()));
        assertEquals(Optional.of("batch"), get(false));
    }

    @Test
    void everyKindOfReadLags() {
        aws.dynamoDb().putItem(r -> r.tableName(TABLE).item(item("new")));

        assertEquals(
                List.of(item("old")),
                aws.dynamoDb()
                        .batchGetItem(r -> r.requestItems(Map.of(
                                TABLE,
                                KeysAndAttributes.builder().keys(List.of(KEY)).build())))
                        .responses()
                        .get(TABLE));
        assertEquals(
                List.of(item("old")),
                aws.dynamoDb().scan(r -> r.tableName(TABLE)).items());
        assertEquals(
                List.of(item("old")),
                aws.dynamoDb()
                        .query(r -> r.tableName(TABLE)
                                .keyConditionExpression("leaseKey = :k")
                                .expressionAttributeValues(Map.of(":k", AttributeValue.fromS("shard"))))
                        .items());
        assertEquals(
                List.of(item("new")),
                aws.dynamoDb()
                        .scan(r -> r.tableName(TABLE).consistentRead(true))
                        .items());
    }

    @Test
    void anItemThatIsNewIsNotThereYet() {
        Map<String, AttributeValue> key = Map.of("leaseKey", AttributeValue.fromS("born"));
        aws.dynamoDb().putItem(r -> r.tableName(TABLE).item(key));

        assertFalse(aws.dynamoDb().getItem(r -> r.tableName(TABLE).key(key)).hasItem());
        assertEquals(1, aws.dynamoDb().scan(r -> r.tableName(TABLE)).count());

        aws.dynamoDb().deleteItem(r -> r.tableName(TABLE).key(key));
    }

    @Test
    void aConditionAsksTheNewest() {
        aws.dynamoDb().putItem(r -> r.tableName(TABLE).item(item("new")));

        assertThrows(
                ConditionalCheckFailedException.class,
                () -> aws.dynamoDb()
                        .putItem(r -> r.tableName(TABLE)
                                .item(item("newer"))
                                .conditionExpression("leaseOwner = :o")
                                .expressionAttributeValues(Map.of(":o", AttributeValue.fromS("old")))));
    }

    /** A lag that begins anew knows nothing of what was written before: what is there now is old. */
    private static void forget(String owner) {
        aws.faults().clear();
        aws.dynamoDb().putItem(r -> r.tableName(TABLE).item(item(owner)));
        aws.faults().add(Fault.staleReads(Duration.ofMinutes(1)));
    }

    private static Optional<String> get(boolean consistent) {
        return Optional.ofNullable(aws.dynamoDb()
                        .getItem(r -> r.tableName(TABLE).key(KEY).consistentRead(consistent))
                        .item()
                        .get("leaseOwner"))
                .map(AttributeValue::s);
    }

    private static Map<String, AttributeValue> item(String owner) {
        return Map.of("leaseKey", AttributeValue.fromS("shard"), "leaseOwner", AttributeValue.fromS(owner));
    }
}
