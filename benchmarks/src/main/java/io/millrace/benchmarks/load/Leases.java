package io.millrace.benchmarks.load;

import io.millrace.benchmarks.process.LocalAws;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A look into KCL's lease tables. */
public final class Leases implements AutoCloseable {

    private final DynamoDbClient dynamo;

    public Leases(LocalAws aws) {
        dynamo = aws.client(DynamoDbClient.builder())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /**
     * Whether every shard's checkpoint is the record of that sequence number, and nothing is promised beyond: the record may be an
     * aggregate, and its parts in two batches.
     */
    public boolean haveReached(String table, Map<String, String> last) {
        return last.entrySet().stream().allMatch(shard -> {
            Map<String, AttributeValue> lease = lease(table, shard.getKey());
            return lease.containsKey("checkpoint")
                    && lease.get("checkpoint").s().equals(shard.getValue())
                    && !lease.containsKey("pendingCheckpoint");
        });
    }

    /** Whether so many workers hold the shards, as evenly as their number allows. */
    public boolean areSpread(String table, int workers) {
        Map<String, Integer> held = new HashMap<>();
        for (Map<String, AttributeValue> lease :
                dynamo.scan(scan -> scan.tableName(table)).items()) {
            AttributeValue owner = lease.get("leaseOwner");
            if (lease.get("leaseKey").s().startsWith("shardId-") && owner != null) {
                held.merge(owner.s(), 1, Integer::sum);
            }
        }
        return held.size() == workers && Collections.max(held.values()) - Collections.min(held.values()) <= 1;
    }

    private Map<String, AttributeValue> lease(String table, String shard) {
        return dynamo.getItem(get -> get.tableName(table).key(Map.of("leaseKey", AttributeValue.fromS(shard))))
                .item();
    }

    public void drop(String table) {
        dynamo.deleteTable(delete -> delete.tableName(table));
    }

    @Override
    public void close() {
        dynamo.close();
    }
}
