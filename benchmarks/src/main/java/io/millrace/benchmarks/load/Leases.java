package io.millrace.benchmarks.load;

import io.millrace.benchmarks.process.LocalAws;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** A look into KCL's lease tables. */
public final class Leases implements AutoCloseable {

    private final DynamoDbClient dynamo;

    public Leases(LocalAws aws) {
        dynamo = aws.client(DynamoDbClient.builder())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** Ours keeps its leases in a table of this name's end, under keys that name the stream first. */
    private static final String OURS = "-leases";

    /**
     * Whether every shard's checkpoint is the record of that sequence number, and nothing is promised beyond: the record may be an
     * aggregate, and its parts in two batches.
     */
    public boolean haveReached(String application, Map<String, String> last) {
        Map<String, Map<String, AttributeValue>> leases = byShard(application);
        return last.entrySet().stream().allMatch(shard -> {
            Map<String, AttributeValue> lease = leases.getOrDefault(shard.getKey(), Map.of());
            return lease.containsKey("checkpoint")
                    && lease.get("checkpoint").s().equals(shard.getValue())
                    && !lease.containsKey("pendingCheckpoint");
        });
    }

    /** Whether so many workers hold the shards, as evenly as their number allows. */
    public boolean areSpread(String application, int workers) {
        Map<String, Integer> held = new HashMap<>();
        for (Map<String, AttributeValue> lease : byShard(application).values()) {
            AttributeValue owner = lease.get("leaseOwner");
            if (owner != null) {
                held.merge(owner.s(), 1, Integer::sum);
            }
        }
        return held.size() == workers && Collections.max(held.values()) - Collections.min(held.values()) <= 1;
    }

    private Map<String, Map<String, AttributeValue>> byShard(String application) {
        Map<String, Map<String, AttributeValue>> leases = new HashMap<>();
        for (Map<String, AttributeValue> item : items(application)) {
            String key = item.get("leaseKey").s();
            String shard = key.substring(key.lastIndexOf(':') + 1);
            if (shard.startsWith("shardId-")) {
                leases.put(shard, item);
            }
        }
        return leases;
    }

    private List<Map<String, AttributeValue>> items(String application) {
        try {
            return dynamo.scan(scan -> scan.tableName(application + OURS).consistentRead(true))
                    .items();
        } catch (ResourceNotFoundException e) {
            return dynamo.scan(scan -> scan.tableName(application).consistentRead(true))
                    .items();
        }
    }

    @Override
    public void close() {
        dynamo.close();
    }
}
