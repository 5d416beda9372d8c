package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.kinesis.common.DdbTableConfig;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.TableCreatorCallback;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** Leases of an earlier version in a table of their own, for tests that move them there and back. */
abstract class MovedLeases {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    static final WorkerName WORKER = WorkerName.incarnationOf("worker");
    static final SdkBytes STATE = SdkBytes.fromString("1:0 {\"v\":1}", StandardCharsets.UTF_8);
    private static final AtomicInteger COUNT = new AtomicInteger();

    String name;
    LeaseTable table;
    LeaseRefresher earlier;
    Handover handover;

    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName() + "-" + COUNT.incrementAndGet();
        aws.createStream(name, 2);
        table = new LeaseTable(aws.dynamoDbAsync(), name);
        table.ensureActive();
        table.former().ensureActive();
        handover = new Handover(aws.kinesisAsync(), table);
        earlier = new DynamoDBLeaseRefresher(
                name,
                aws.dynamoDbAsync(),
                new DynamoDBLeaseSerializer(),
                true,
                TableCreatorCallback.NOOP_TABLE_CREATOR_CALLBACK,
                Duration.ofSeconds(10),
                new DdbTableConfig(),
                false,
                false,
                List.of());
    }

    /** What that version reads of each lease before it starts, and before it reads a shard. */
    void assertRefused(List<Lease> seen, int count) {
        assertEquals(count, seen.size());
        for (Lease lease : seen) {
            var start = aws.dynamoDb()
                    .getItem(get -> get.tableName(name).key(FirstStart.key(lease.leaseKey())))
                    .item()
                    .get("millraceFirstStartMillis");
            assertThrows(NumberFormatException.class, () -> Long.parseLong(start.n()));
            String state = new String(lease.pendingCheckpointState(), StandardCharsets.UTF_8);
            assertTrue(lease.pendingCheckpoint() != null && !state.contains("\"v\":1"), state);
        }
    }

    void forgetMoved() {
        table.former().moved().forEach(table.former()::forget);
    }

    Lease earlierLease(int shard, String checkpoint) throws Exception {
        Lease lease = new Lease();
        lease.leaseKey(shard(shard));
        lease.checkpoint(
                checkpoint == null ? ExtendedSequenceNumber.TRIM_HORIZON : new ExtendedSequenceNumber(checkpoint, 0L));
        lease.ownerSwitchesSinceCheckpoint(0L);
        lease.hashKeyRange(HashKeyRangeForLease.fromHashKeyRange(aws.kinesis()
                .listShards(list -> list.streamName(name))
                .shards()
                .get(shard)
                .hashKeyRange()));
        assertTrue(earlier.createLeaseIfNotExists(lease));
        assertTrue(earlier.takeLease(lease, "earlier-worker"));
        return lease;
    }

    static String shard(int number) {
        return "shardId-00000000000" + number;
    }

    Map<String, Lease> leases() throws Exception {
        return table.leases().listLeases().stream().collect(Collectors.toMap(Lease::leaseKey, Function.identity()));
    }

    SourceStream stream() {
        return stream(name);
    }

    static SourceStream stream(String name) {
        return new Streams(aws.kinesisAsync()).find(name).orElseThrow();
    }

    String put(int shard) {
        return aws.kinesis()
                .putRecord(put -> put.streamName(name)
                        .partitionKey("key")
                        .explicitHashKey(shard == 0 ? "0" : "340282366920938463463374607431768211455")
                        .data(SdkBytes.fromUtf8String("{}")))
                .sequenceNumber();
    }
}
