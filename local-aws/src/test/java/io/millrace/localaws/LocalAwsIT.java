package io.millrace.localaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.model.S3Exception;

class LocalAwsIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @Test
    void anObjectIsAPlainFileAndIsNotOverwrittenWhenAskedNotTo() throws Exception {
        aws.createBucket("logs");
        aws.s3()
                .putObject(
                        r -> r.bucket("logs").key("service=a/part-1.jsonl").ifNoneMatch("*"),
                        RequestBody.fromString("one\n"));
        S3Exception second = assertThrows(
                S3Exception.class,
                () -> aws.s3()
                        .putObject(
                                r -> r.bucket("logs")
                                        .key("service=a/part-1.jsonl")
                                        .ifNoneMatch("*"),
                                RequestBody.fromString("two\n")));
        assertEquals(412, second.statusCode());
        assertEquals("one\n", Files.readString(aws.localAws().dataDir().resolve("s3/logs/service=a/part-1.jsonl")));
        assertEquals(
                "one\n",
                aws.s3()
                        .getObjectAsBytes(r -> r.bucket("logs").key("service=a/part-1.jsonl"))
                        .asUtf8String());
        assertEquals(
                List.of("service=a/"),
                aws.s3().listObjectsV2(r -> r.bucket("logs").delimiter("/")).commonPrefixes().stream()
                        .map(p -> p.prefix())
                        .toList());
    }

    @Test
    void dynamoDbKeepsItems() {
        aws.dynamoDb()
                .createTable(r -> r.tableName("leases")
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("leaseKey")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("leaseKey")
                                .keyType(KeyType.HASH)
                                .build())
                        .billingMode(BillingMode.PAY_PER_REQUEST));
        aws.dynamoDb()
                .putItem(
                        r -> r.tableName("leases").item(java.util.Map.of("leaseKey", AttributeValue.fromS("shard-1"))));
        assertEquals(1, aws.dynamoDb().scan(r -> r.tableName("leases")).count());
    }

    @Test
    void kinesisCarriesRecords() {
        aws.createStream("logs", 1);
        aws.kinesis()
                .putRecord(r -> r.streamName("logs")
                        .partitionKey("a")
                        .data(software.amazon.awssdk.core.SdkBytes.fromUtf8String("{}")));
        String iterator = aws.kinesis()
                .getShardIterator(r ->
                        r.streamName("logs").shardId("shardId-000000000000").shardIteratorType("TRIM_HORIZON"))
                .shardIterator();
        assertEquals(
                "{}",
                aws.kinesis()
                        .getRecords(r -> r.shardIterator(iterator))
                        .records()
                        .get(0)
                        .data()
                        .asUtf8String());
    }
}
