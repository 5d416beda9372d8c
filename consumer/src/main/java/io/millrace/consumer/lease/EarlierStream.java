package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseSerializer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * The leases of a stream that was deleted and made again, with shards of the same names. They would hold KCL at the
 * earlier stream's positions, or count its shards as finished, and the new records would never be read.
 *
 * <p>Each is replaced in one step, and only as it was seen: so no worker finds a moment without it and takes the stream
 * for one never read, and none replaces what another has begun to read. Thread-safe.
 */
final class EarlierStream {

    private static final Logger log = LoggerFactory.getLogger(EarlierStream.class);

    private final DynamoDbAsyncClient dynamo;
    private final String table;
    private final LeaseSerializer serializer;

    EarlierStream(DynamoDbAsyncClient dynamo, String table, LeaseSerializer serializer) {
        this.dynamo = dynamo;
        this.table = table;
        this.serializer = serializer;
    }

    /**
     * Those of these leases that are an earlier stream's, with the shard that has their name now.
     *
     * @param shards listed after the leases: a shard may end, and be read to its end, between the two
     */
    static Map<Lease, Shard> among(List<Lease> leases, List<Shard> shards) {
        Map<String, Shard> byId = shards.stream().collect(Collectors.toMap(Shard::shardId, Function.identity()));
        Map<Lease, Shard> earlier = new HashMap<>();
        for (Lease lease : leases) {
            Shard shard = byId.get(lease.leaseKey());
            if (shard != null && isOfEarlierStream(lease.checkpoint(), shard)) {
                earlier.put(lease, shard);
            }
        }
        return earlier;
    }

    /** Whether the checkpoint lies before the shard's first possible record, or at the end of a shard still open. */
    static boolean isOfEarlierStream(ExtendedSequenceNumber checkpoint, Shard shard) {
        if (checkpoint.isShardEnd()) {
            return shard.sequenceNumberRange().endingSequenceNumber() == null;
        }
        return !checkpoint.isSentinelCheckpoint()
                && new BigInteger(checkpoint.sequenceNumber())
                                .compareTo(new BigInteger(
                                        shard.sequenceNumberRange().startingSequenceNumber()))
                        < 0;
    }

    /**
     * Replaces one by a lease of the shard that has its name now.
     *
     * @param start a sentinel, where that shard is read from
     * @param extra further attributes of the new lease
     */
    void replace(Lease earlier, Shard shard, ExtendedSequenceNumber start, Map<String, AttributeValue> extra) {
        Lease lease = new Lease();
        lease.leaseKey(earlier.leaseKey());
        lease.leaseCounter(earlier.leaseCounter() + 1); // whoever still holds the earlier one loses it
        lease.checkpoint(start);
        lease.ownerSwitchesSinceCheckpoint(0L);
        lease.parentShardIds(Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(parent -> parent != null)
                .toList());
        lease.hashKeyRange(HashKeyRangeForLease.fromHashKeyRange(shard.hashKeyRange()));
        Map<String, AttributeValue> item = new HashMap<>(serializer.toDynamoRecord(lease));
        item.putAll(extra);
        try {
            join(dynamo.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("checkpoint = :checkpoint AND leaseCounter = :counter")
                    .expressionAttributeValues(Map.of(
                            ":checkpoint",
                            AttributeValue.fromS(earlier.checkpoint().sequenceNumber()),
                            ":counter",
                            AttributeValue.fromN(String.valueOf(earlier.leaseCounter()))))));
        } catch (ConditionalCheckFailedException e) {
            throw new IllegalStateException("the lease of " + earlier.leaseKey() + " has just changed", e);
        }
        log.warn(
                "The lease of {} was at {}, which is of an earlier stream of that name: this one is read from {}",
                earlier.leaseKey(),
                earlier.checkpoint(),
                start.equals(ExtendedSequenceNumber.TRIM_HORIZON)
                        ? "its beginning"
                        : "where the application starts in it");
    }
}
