package io.millrace.lakecheck;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The consumer's positions, as KCL keeps them in its lease table. Safe for use by one thread. */
final class Leases {

    /** What follows the application's name in the name of its lease table. */
    private static final String TABLE_SUFFIX = "-leases";

    private static final String SHARD_END = "SHARD_END";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final String stream;

    Leases(DynamoDbClient dynamoDb, String application, String stream) {
        this.dynamoDb = dynamoDb;
        this.table = application + TABLE_SUFFIX;
        this.stream = stream;
    }

    /** Whether every shard's checkpoint has reached the sequence number given for it. */
    boolean haveReached(Map<String, BigInteger> positions) {
        Map<String, String> checkpoints = checkpoints();
        return positions.entrySet().stream().allMatch(position -> {
            String checkpoint = checkpoints.getOrDefault(position.getKey(), "");
            return checkpoint.equals(SHARD_END)
                    || (checkpoint.matches("[0-9]+") && new BigInteger(checkpoint).compareTo(position.getValue()) >= 0);
        });
    }

    private Map<String, String> checkpoints() {
        Map<String, String> byShard = new HashMap<>();
        try {
            dynamoDb.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                    .filter(item -> item.containsKey("leaseKey") && item.containsKey("checkpoint"))
                    .forEach(item -> shardOf(item.get("leaseKey").s())
                            .ifPresent(shard ->
                                    byShard.put(shard, item.get("checkpoint").s())));
        } catch (ResourceNotFoundException e) {
            return Map.of(); // no consumer has started yet
        }
        return byShard;
    }

    /** A lease's key is {@code account:stream:epoch:shard}. */
    private Optional<String> shardOf(String leaseKey) {
        String[] parts = leaseKey.split(":");
        return parts.length == 4 && parts[1].equals(stream) ? Optional.of(parts[3]) : Optional.empty();
    }
}
