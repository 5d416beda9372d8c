package io.millrace.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.dashboard.testing.Aggregate;
import io.millrace.dashboard.testing.FakeConsumer;
import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.dashboard.testing.TestDashboard;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;

/** The records of a shard, and what Kinesis, the leases and the consumers tell of it, in one report. */
class StreamsIT {

    private static final String STREAM = SampleData.STREAM;
    private static final String RECORDS =
            "/api/kinesis/stream/" + STREAM + "/records?shard=shardId-000000000000&position=";

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static final List<String> sequences = new ArrayList<>();
    private static FakeConsumer first;
    private static FakeConsumer second;
    private static TestDashboard dashboard;
    private static Http http;

    @BeforeAll
    static void start() {
        aws.createStream(STREAM, 2);
        for (String data : List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}")) {
            sequences.add(put(SdkBytes.fromUtf8String(data)));
        }
        sequences.add(put(SdkBytes.fromByteArray(Aggregate.of(List.of("{\"n\":4}", "{\"n\":5}")))));
        new SampleData().leases(aws.dynamoDb(), "millrace-consumer-leases");
        first = new FakeConsumer(() -> status("a", 0, 10));
        second = new FakeConsumer(() -> status("b", 1, 32));
        dashboard = TestDashboard.start(
                aws.endpoint(),
                Map.of("CONSUMER_STATUS_URLS", first.url() + "," + second.url() + ",http://127.0.0.1:1"));
        http = dashboard.http();
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        first.close();
        second.close();
    }

    private static String put(SdkBytes data) {
        return aws.kinesis()
                .putRecord(r -> r.streamName(STREAM)
                        .partitionKey("key")
                        .explicitHashKey("0")
                        .data(data))
                .sequenceNumber();
    }

    private static String status(String worker, int shard, long written) {
        return """
            {"workerId":"%s","started":"2025-11-09T13:00:00Z","healthy":true,"ready":true,"problems":[],
             "streams":[{"stream":"%s","bucket":"b"}],"aFieldOfALaterVersion":{"x":1},
             "totals":{"records":%d,"written":%d,"objects":2,"objectBytes":100,"lastCommit":"2025-11-09T13:00:0%dZ"},
             "shards":[{"stream":"%s","shardId":"shardId-00000000000%d","state":"RUNNING","openRecords":7,
             "heldBytes":70,"oldestUnflushedMillis":%d,"millisBehindLatest":5}]}\
            """.formatted(worker, STREAM, written, written, shard, STREAM, shard, 1000 * (shard + 1));
    }

    private static List<String> texts(String position) throws IOException {
        return http.get(RECORDS + position).json().get("records").findValuesAsText("text");
    }

    @Test
    void recordsAreReadFromEachKindOfPosition() throws IOException {
        List<String> all = List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}");

        assertEquals(all, texts("trim_horizon"));
        assertEquals(all.subList(1, 5), texts("at_sequence&sequence=" + sequences.get(1)));
        assertEquals(all.subList(2, 5), texts("after_sequence&sequence=" + sequences.get(1)));
        assertEquals(all, texts("timestamp&timestamp=" + Instant.now().minusSeconds(3_600)));
        assertEquals(List.of(), texts("latest"));
        assertEquals(400, http.get(RECORDS + "timestamp").status());
        assertEquals(400, http.get(RECORDS + "at_sequence&sequence=x").status());
        assertEquals(400, http.get(RECORDS + "sideways").status());
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() throws IOException {
        List<String> found = new ArrayList<>();
        String next = "";
        for (int page = 0; page < 4; page++) {
            JsonNode answer = http.get(RECORDS + "trim_horizon&limit=1" + next).json();
            found.addAll(answer.get("records").findValuesAsText("text"));
            next = "&next=" + Http.encode(answer.get("next").asText());
        }
        assertEquals(List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}"), found);
    }

    @Test
    void anAggregatedRecordIsShownInItsParts() throws IOException {
        JsonNode records = http.get(RECORDS + "after_sequence&sequence=" + sequences.get(2))
                .json()
                .get("records");

        assertEquals(2, records.size());
        assertTrue(records.get(1).get("aggregated").asBoolean());
        assertEquals(sequences.get(3), records.get(1).get("sequenceNumber").asText());
        assertTrue(records.get(1).get("sequenceNumber").isTextual());
        assertEquals(1, records.get(1).get("subSequenceNumber").asInt());
        assertEquals("k1", records.get(1).get("partitionKey").asText());
    }

    @Test
    void leasesAndConsumersAreJoinedToTheShards() throws IOException {
        JsonNode report =
                http.get("/api/kinesis/stream/" + STREAM + "/metrics").json().get("report");
        JsonNode shard = report.at("/shards/1");

        assertEquals("consumer-1", shard.get("leaseOwner").asText());
        assertEquals(
                "49680443400074221370584302870794529128012171",
                shard.get("checkpoint").asText());
        assertEquals(
                "49680443400074221370584302870794529128012999",
                shard.get("pendingCheckpoint").asText());
        assertEquals(1, shard.get("ownerSwitches").asInt());
        assertEquals(5, shard.get("millisBehindLatest").asInt());
        assertEquals(2_005, shard.get("freshnessMillis").asInt());
        assertTrue(report.at("/shards/0/pendingCheckpoint").isNull());
        assertEquals(1, report.at("/workers/consumer-0").asInt());
        assertTrue(report.get("problems").toString().contains("127.0.0.1:1"), report::toString);
    }

    @Test
    void theConsumersAreMergedAndOneThatIsAwayIsNamed() throws IOException {
        JsonNode view = http.get("/api/consumer").json();

        assertEquals(42, view.at("/totals/written").asInt());
        assertEquals("2025-11-09T13:00:01Z", view.at("/totals/lastCommit").asText());
        assertEquals(2, view.get("shards").size());
        assertEquals(3, view.get("consumers").size());
        assertFalse(view.at("/consumers/2/error").asText().isEmpty());
        assertEquals(
                2_005,
                http.get("/api/stats/summary")
                        .json()
                        .at("/consumer/freshnessMillis")
                        .asInt());
    }

    @Test
    void historyHoldsSamplesOfRatesAndLag() throws IOException {
        JsonNode samples = http.get("/api/stats/history").json().get("samples");

        assertTrue(samples.size() > 0);
        assertEquals(2_005, samples.get(0).get("freshnessMillis").asInt());
        assertEquals(
                1_005,
                samples.get(0)
                        .at("/lagMillis")
                        .get(STREAM + "/shardId-000000000000")
                        .asInt());
        assertTrue(samples.get(0).get("recordsIn").isNull(), "no rate before there are two");
        assertEquals(
                0,
                http.get("/api/stats/history?since=" + Instant.now().plusSeconds(60))
                        .json()
                        .get("samples")
                        .size());
    }
}
