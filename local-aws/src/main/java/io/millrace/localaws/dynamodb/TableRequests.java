package io.millrace.localaws.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.model.CreateTableRequest;
import com.amazonaws.services.dynamodbv2.model.CreateTableResult;
import com.amazonaws.services.dynamodbv2.model.DeleteTableRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteTableResult;
import com.amazonaws.services.dynamodbv2.model.DescribeTableRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeTableResult;
import com.amazonaws.services.dynamodbv2.model.GlobalSecondaryIndexDescription;
import com.amazonaws.services.dynamodbv2.model.ProvisionedThroughputDescription;
import com.amazonaws.services.dynamodbv2.model.TableDescription;
import com.amazonaws.services.dynamodbv2.model.UpdateTableRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateTableResult;

/**
 * DynamoDBLocal's answers, with what DynamoDB says of a table and DynamoDBLocal leaves out: an on-demand table's indexes have
 * a provisioned throughput too, of zero. Terraform reads an index without it as one without a name, and would make it anew
 * with every apply.
 */
class TableRequests extends LocalDynamoDBRequestHandler {

    TableRequests(int cacheSize, boolean inMemory, String folder, boolean shared, boolean delayedStatus) {
        super(cacheSize, inMemory, folder, shared, delayedStatus);
    }

    @Override
    public CreateTableResult createTable(String accessKey, String region, CreateTableRequest request) {
        CreateTableResult result = super.createTable(accessKey, region, request);
        complete(result.getTableDescription());
        return result;
    }

    @Override
    public DescribeTableResult describeTable(String accessKey, String region, DescribeTableRequest request) {
        DescribeTableResult result = super.describeTable(accessKey, region, request);
        complete(result.getTable());
        return result;
    }

    @Override
    public UpdateTableResult updateTable(String accessKey, String region, UpdateTableRequest request) {
        UpdateTableResult result = super.updateTable(accessKey, region, request);
        complete(result.getTableDescription());
        return result;
    }

    @Override
    public DeleteTableResult deleteTable(String accessKey, String region, DeleteTableRequest request) {
        DeleteTableResult result = super.deleteTable(accessKey, region, request);
        complete(result.getTableDescription());
        return result;
    }

    private static void complete(TableDescription table) {
        if (table.getGlobalSecondaryIndexes() == null) {
            return;
        }
        for (GlobalSecondaryIndexDescription index : table.getGlobalSecondaryIndexes()) {
            if (index.getProvisionedThroughput() == null) {
                index.setProvisionedThroughput(new ProvisionedThroughputDescription()
                        .withNumberOfDecreasesToday(0L)
                        .withReadCapacityUnits(0L)
                        .withWriteCapacityUnits(0L));
            }
        }
    }
}
