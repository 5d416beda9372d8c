package io.millrace.localaws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB as a lease table needs it. */
class DynamoDbIT {

    private static final String TABLE = "leases";
    private static final String INDEX = "LeaseOwnerToLeaseKeyIndex";

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @BeforeAll
    static void makeTable() {
        aws.dynamoDb()
                .createTable(r -> r.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(text("leaseKey"), text("leaseOwner"))
                        .keySchema(hash("leaseKey"))
                        .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                                .indexName(INDEX)
                                .keySchema(hash("leaseOwner"))
                                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                                .build()));
        aws.dynamoDb().waiter().waitUntilTableExists(r -> r.tableName(TABLE));
    }

    @Test
    void aConditionalWriteFailsWhereAnotherWasFirst() {
        put("conditional", "1", "attribute_not_exists(leaseKey)");

        assertThrows(
                ConditionalCheckFailedException.class, () -> put("conditional", "2", "attribute_not_exists(leaseKey)"));
        assertEquals(
                "1",
                aws.dynamoDbAsync()
                        .getItem(r -> r.tableName(TABLE).key(Map.of("leaseKey", AttributeValue.fromS("conditional"))))
                        .join()
                        .item()
                        .get("leaseCounter")
                        .n());
    }

    @Test
    void anOnDemandTablesIndexHasAThroughputOfZero() {
        var index = aws.dynamoDb()
                .describeTable(r -> r.tableName(TABLE))
                .table()
                .globalSecondaryIndexes()
                .get(0);

        assertEquals(INDEX, index.indexName());
        assertEquals(0L, index.provisionedThroughput().readCapacityUnits());
        assertEquals(0L, index.provisionedThroughput().writeCapacityUnits());
    }

    @Test
    void takesACallWithoutCredentials() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint())
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains(TABLE), response.body());
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement hash(String attribute) {
        return KeySchemaElement.builder()
                .attributeName(attribute)
                .keyType(KeyType.HASH)
                .build();
    }

    private static void put(String key, String counter, String condition) {
        aws.dynamoDb()
                .putItem(r -> r.tableName(TABLE)
                        .item(Map.of(
                                "leaseKey", AttributeValue.fromS(key), "leaseCounter", AttributeValue.fromN(counter)))
                        .conditionExpression(condition));
    }
}
