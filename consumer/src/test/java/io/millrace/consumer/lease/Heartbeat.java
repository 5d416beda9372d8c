package io.millrace.consumer.lease;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Signs of life, as KCL gives them for its workers. */
final class Heartbeat {

    private Heartbeat() {}

    /** As it does now. */
    static void give(LocalAwsExtension aws, LeaseTable table, String owner, long seconds) {
        aws.dynamoDb()
                .putItem(put -> put.tableName(table.name())
                        .item(Map.of(
                                "leaseKey", AttributeValue.fromS(owner),
                                "entityType", AttributeValue.fromS("WORKER_METRIC_STATS"),
                                "lut", AttributeValue.fromN(Long.toString(seconds)))));
    }

    /** As it does where an earlier release of KCL has made that table. */
    static void giveInOwnTable(LocalAwsExtension aws, LeaseTable table, String owner, long seconds) {
        String name = table.name() + "-WorkerMetricStats";
        try {
            aws.dynamoDb()
                    .createTable(create -> create.tableName(name)
                            .keySchema(KeySchemaElement.builder()
                                    .attributeName("wid")
                                    .keyType(KeyType.HASH)
                                    .build())
                            .attributeDefinitions(AttributeDefinition.builder()
                                    .attributeName("wid")
                                    .attributeType(ScalarAttributeType.S)
                                    .build())
                            .billingMode(BillingMode.PAY_PER_REQUEST));
            aws.dynamoDb().waiter().waitUntilTableExists(describe -> describe.tableName(name));
        } catch (ResourceInUseException e) {
            // It is there already.
        }
        aws.dynamoDb()
                .putItem(put -> put.tableName(name)
                        .item(Map.of(
                                "wid", AttributeValue.fromS(owner),
                                "lut", AttributeValue.fromN(Long.toString(seconds)))));
    }
}
