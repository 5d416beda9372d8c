package io.millrace.consumer.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.redrive.Redrive;
import io.millrace.consumer.redrive.RedriveOptions;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Redriving over local-aws. */
class RedriveIT {

    private static final String KEY = "_dead-letter/reason=not-json/year=2025/month=11/day=09/hour=13/part-1.jsonl";

    @RegisterExtension
    final LocalAwsExtension aws = LocalAwsExtension.create();

    @BeforeEach
    void putLetters() {
        aws.createBucket("lake");
        aws.createStream("logs", 1);
        put(KEY, letters("2025-11-09T13:00:00Z", 0, 700) + letters("2025-11-09T14:00:00Z", 700, 50));
    }

    @Test
    void aDryRunCountsAndPutsNothing() {
        String said = run();
        assertTrue(said.contains("750 letters of reason not-json for stream logs"), said);
        assertTrue(said.contains("Dry run: --execute would put back 750 letters"), said);
        assertEquals(List.of(), onStream());
    }

    @Test
    void lettersGoBackAsTheyWereAndOnce() {
        assertTrue(run("--execute").contains("Put back: 750 letters"));
        List<Record> records = onStream();
        assertEquals(750, records.size());
        assertEquals("key-3", records.get(3).partitionKey());
        assertEquals("broken 3", records.get(3).data().asUtf8String());
        String again = run("--execute");
        assertTrue(again.contains("750 letters were redriven before"), again);
        assertEquals(750, onStream().size());
    }

    @Test
    void aRunWithinTimesLeavesTheRestForAnother() {
        assertTrue(run("--execute", "--from", "2025-11-09T14:00:00Z").contains("Put back: 50 letters"));
        assertTrue(run("--execute", "--to", "2025-11-09T15:00:00+01:00").contains("Put back: 700 letters"));
        assertEquals(750, onStream().size());
    }

    @Test
    void aRunThatFailedGoesOnWhereItWas() {
        aws.faults().add(Fault.dropBefore("s3:PutObject").withTimes(10));
        try {
            run("--execute");
        } catch (SdkException e) {
            // The note about the first request could not be written.
        }
        aws.faults().clear();
        run("--execute");
        assertEquals(750 + 500, onStream().size(), "one request's letters come twice at most");
    }

    @Test
    void refusedRecordsArePutAgain() {
        aws.faults().add(Fault.throttleEntries().withRate(0.5).withTimes(400));
        assertTrue(run("--execute").contains("Put back: 750 letters"));
        assertEquals(750, onStream().size());
    }

    @Test
    void anotherStreamMayBeNamedAndWhatIsNoLetterIsTold() {
        aws.createStream("other", 1);
        put("_dead-letter/reason=x/part-2.jsonl", "not a letter\n");
        String said = run("--execute", "--stream", "other");
        assertTrue(said.contains("Line 1 of s3://lake/_dead-letter/reason=x/part-2.jsonl is no dead letter"), said);
        assertTrue(said.contains("750 letters of reason not-json for stream other"), said);
        assertEquals(List.of(), onStream());
    }

    private String run(String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        RedriveOptions options = RedriveOptions.parse(List.of(args), "lake");
        boolean complete = new Redrive(
                        options, aws.s3Async(), aws.kinesisAsync(), new PrintStream(said, true, StandardCharsets.UTF_8))
                .run();
        return said.toString(StandardCharsets.UTF_8) + complete;
    }

    private void put(String key, String text) {
        aws.s3().putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(text));
    }

    private static String letters(String arrival, int first, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = first; i < first + count; i++) {
            String data = Base64.getEncoder().encodeToString(("broken " + i).getBytes(StandardCharsets.UTF_8));
            lines.append("{\"reason\":\"not-json\",\"error\":\"e\",\"stream\":\"logs\",\"shard\":\"shardId-0\",")
                    .append("\"sequence_number\":\"1\",\"sub_sequence_number\":0,\"partition_key\":\"key-" + i + "\",")
                    .append("\"arrival_time\":\"" + arrival + "\",\"index\":0,\"offset\":0,\"data\":\"" + data
                            + "\"}\n");
        }
        return lines.toString();
    }

    private List<Record> onStream() {
        String iterator = aws.kinesis()
                .getShardIterator(get -> get.streamName("logs")
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        return new ArrayList<>(
                aws.kinesis().getRecords(get -> get.shardIterator(iterator)).records());
    }
}
