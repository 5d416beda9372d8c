package io.millrace.consumer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.lease.InitialPosition;
import io.millrace.consumer.lease.LeaseSync;
import io.millrace.consumer.lease.LeaseTable;
import io.millrace.consumer.lease.SourceStream;
import io.millrace.consumer.lease.Streams;
import io.millrace.consumer.lease.WorkerName;
import io.millrace.consumer.retention.ReadMark;
import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;

class KinesisRetentionIT {

    private static final int BYTES_HELD = 1 << 20;

    @RegisterExtension
    static final LocalAwsExtension aws =
            LocalAwsExtension.create(LocalAwsSettings.ephemeral().withMaxBytes(BYTES_HELD));

    private static final String SHARD = "shardId-000000000000";

    @Test
    void aRecordIsHeldUntilItIsDropped() {
        aws.createStream("held", 1);
        ShardRef shard = new ShardRef("held", SHARD);
        Streams streams = new Streams(aws.kinesisAsync());
        SourceStream stream = streams.find("held").orElseThrow();
        LeaseTable table = new LeaseTable(aws.dynamoDbAsync(), "held");
        KinesisRetention retention =
                new KinesisRetention(aws.kinesisAsync(), streams, table.readMarks(), List.of(stream));
        String first = put("held", "x");
        put("held", "y");
        assertTrue(retention.holds(shard, first));
        for (int i = 0; i < 10; i++) {
            put("held", "f".repeat(BYTES_HELD / 5));
        }
        assertFalse(retention.holds(shard, first));
        assertFalse(retention.holds(new ShardRef("held", "shardId-000000000009"), first), "the whole shard is gone");
        assertEquals(Duration.ofHours(24), retention.of("held"));
    }

    @Test
    void theLatestMarkOfALeaseIsKept() throws Exception {
        String name = "marks";
        aws.createStream(name, 1);
        ShardRef shard = new ShardRef(name, SHARD);
        Streams streams = new Streams(aws.kinesisAsync());
        SourceStream stream = streams.find(name).orElseThrow();
        LeaseTable table = new LeaseTable(aws.dynamoDbAsync(), name);
        table.ensureActive();
        InitialPosition.At position = (InitialPosition.At) new LeaseSync(aws.kinesisAsync(), table)
                .sync(stream, new InitialPosition.Latest(), WorkerName.incarnationOf("worker"));
        Instant start = position.time();
        KinesisRetention retention =
                new KinesisRetention(aws.kinesisAsync(), streams, table.readMarks(), List.of(stream));
        assertEquals(
                Optional.of(new ReadMark(start, Duration.ofHours(24))),
                retention.mark(shard),
                "nothing before the start is owed");
        ReadMark mark = new ReadMark(start.plusMillis(7), Duration.ofDays(2));
        retention.keep(shard, mark);
        await().until(() -> retention.mark(shard).equals(Optional.of(mark)));
        retention.keep(shard, new ReadMark(start, Duration.ofHours(24)));
        ReadMark last = new ReadMark(start.plusMillis(8), Duration.ofDays(2));
        retention.keep(shard, last);
        await().until(() -> retention.mark(shard).equals(Optional.of(last)));
    }

    private static String put(String stream, String data) {
        return aws.kinesis()
                .putRecord(put -> put.streamName(stream).partitionKey("key").data(SdkBytes.fromUtf8String(data)))
                .sequenceNumber();
    }
}
