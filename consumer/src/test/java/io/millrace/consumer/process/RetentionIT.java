package io.millrace.consumer.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.lease.InitialPosition;
import io.millrace.consumer.lease.LeaseSync;
import io.millrace.consumer.lease.LeaseTable;
import io.millrace.consumer.lease.SourceStream;
import io.millrace.consumer.lease.Streams;
import io.millrace.consumer.lease.WorkerName;
import io.millrace.consumer.retention.ReadMark;
import io.millrace.consumer.testing.ConsumerProcess;
import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** A Kinesis that drops its oldest records, as if their retention were over. */
class RetentionIT {

    private static final int BYTES_HELD = 1 << 20;

    @RegisterExtension
    static final LocalAwsExtension aws =
            LocalAwsExtension.create(LocalAwsSettings.ephemeral().withMaxBytes(BYTES_HELD));

    @RegisterExtension
    final ConsumerFixture fixture = new ConsumerFixture(aws);

    @Test
    void recordsPastRetentionAreToldOfUnderFanOut() throws Exception {
        String name = fixture.name();
        fixture.createStream(1);
        LeaseTable table = new LeaseTable(aws.dynamoDbAsync(), name);
        String gone = put(name, "x");
        readUpTo(table, gone, Instant.now().minus(Duration.ofHours(30)));
        for (int i = 0; i < 10; i++) {
            put(name, "{\"filler\":\"" + "f".repeat(BYTES_HELD / 5) + "\"}");
        }
        try (ConsumerProcess consumer =
                fixture.consumer("worker-1").set("RETRIEVAL_MODE", "fanout").start()) {
            consumer.awaitLine("Possibly lost by Kinesis, by retention, .* shard " + name + "/shardId-000000000000");
            fixture.feed().put(10);
            consumer.awaitLine("Wrote \\d+ logs");
            String metrics = consumer.get("/metrics").body();
            assertTrue(
                    metrics.contains(
                            "millrace_consumer_retention_gaps_total{loss=\"possible\",stream=\"" + name + "\"} 1.0"),
                    metrics);
            consumer.kill();
        }
        Optional<ReadMark> mark =
                table.readMarks().find(stream().leaseKey("shardId-000000000000"), Duration.ofHours(24));
        assertTrue(mark.orElseThrow().upTo().isAfter(Instant.now().minus(Duration.ofHours(1))), "told of once");
    }

    private SourceStream stream() {
        return new Streams(aws.kinesisAsync()).find(fixture.name()).orElseThrow();
    }

    private void readUpTo(LeaseTable table, String sequenceNumber, Instant time) throws Exception {
        table.ensureActive();
        new LeaseSync(aws.kinesisAsync(), table)
                .sync(stream(), new InitialPosition.TrimHorizon(), WorkerName.incarnationOf("worker-1"));
        for (Lease lease : table.leases().listLeases()) {
            lease.checkpoint(new ExtendedSequenceNumber(sequenceNumber, 0L));
            table.leases().updateLease(lease);
            aws.dynamoDb()
                    .updateItem(update -> update.tableName(LeaseTable.nameFor(fixture.name()))
                            .key(Map.of("leaseKey", AttributeValue.fromS(lease.leaseKey())))
                            .updateExpression("SET millraceCommittedUpToMillis = :time, millraceRetentionMillis = :day")
                            .expressionAttributeValues(Map.of(
                                    ":time", AttributeValue.fromN(Long.toString(time.toEpochMilli())),
                                    ":day", AttributeValue.fromN("86400000"))));
        }
    }

    private static String put(String stream, String data) {
        return aws.kinesis()
                .putRecord(put -> put.streamName(stream).partitionKey("key").data(SdkBytes.fromUtf8String(data)))
                .sequenceNumber();
    }
}
