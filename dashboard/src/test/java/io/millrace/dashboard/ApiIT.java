package io.millrace.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import io.millrace.dashboard.testing.Answer;
import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.Lake;
import io.millrace.dashboard.testing.TestDashboard;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every endpoint over a small lake. */
class ApiIT {

    private static final String BUCKET = "md-raw-logs";
    private static final String API_13 = Lake.folder("api", "2025-11-09T13");
    private static final String API_14 = Lake.folder("api", "2025-11-09T14");
    private static final String CART_13 = Lake.folder("cart%3Deu", "2025-11-09T13");

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static TestDashboard dashboard;
    private static Http http;

    @BeforeAll
    static void start() {
        aws.createStream("stage01-logs-stream", 2);
        aws.createStream("hidden-stream", 1);
        aws.createBucket(BUCKET);
        aws.createBucket("hidden-bucket");
        new Lake(aws.s3(), BUCKET)
                .put(
                        API_13 + "part-1.jsonl",
                        List.of(
                                Lake.event("api", "2025-11-09T13:00:01Z", "INFO", "started"),
                                Lake.event("api", "2025-11-09T13:30:00Z", "ERROR", "timeout after 30s")))
                .put(
                        API_13 + "part-2.jsonl.gz",
                        Lake.gzip((Lake.event("api", "2025-11-09T13:15:00Z", "WARN", "slow") + "\n")
                                .getBytes(StandardCharsets.UTF_8)))
                .put(
                        API_14 + "part-3.jsonl.zst",
                        Zstd.compress((Lake.event("api", "2025-11-09T14:00:00Z", "ERROR", "timeout again") + "\n")
                                .getBytes(StandardCharsets.UTF_8)))
                .put(
                        CART_13 + "part-4.jsonl",
                        List.of("{\"timestamp\":1762693200,\"service\":\"cart=eu\",\"level\":\"info\","
                                + "\"http\":{\"status\":500},\"big\":12345678901234567890}"))
                .put("_dead-letter/reason=not-json/year=2025/month=11/day=09/hour=13/part-5.jsonl", List.of("{}"));
        dashboard = TestDashboard.start(
                aws.endpoint(), Map.of("DASHBOARD_STREAMS", "stage01-*", "DASHBOARD_BUCKETS", "md-*"));
        http = dashboard.http();
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void healthNamesEachService() throws IOException {
        Answer health = http.get("/health");

        assertEquals(200, health.status());
        assertEquals("ok", health.json().get("status").asText(), health::text);
        assertTrue(health.json().at("/services/dynamodb/reachable").asBoolean());
    }

    @Test
    void theSummaryCountsWhatIsThere() {
        await().untilAsserted(() -> {
            JsonNode buckets = http.get("/api/stats/summary").json().get("buckets");
            assertEquals(1, buckets.get("count").asInt());
            assertEquals(5, buckets.get("objects").asLong());
            assertEquals(1, buckets.get("deadLetterObjects").asLong());
            assertFalse(buckets.get("atLeast").asBoolean());
        });
    }

    @Test
    void streamsAreListedWithTheirShardsAndThoseNotAllowedAreNot() throws IOException {
        JsonNode streams = http.get("/api/kinesis/streams").json().get("streams");

        assertEquals(1, streams.size());
        assertEquals("stage01-logs-stream", streams.get(0).get("name").asText());
        assertEquals("ACTIVE", streams.get(0).get("status").asText());
        assertEquals(2, streams.get(0).get("openShards").asInt());
        assertEquals(24, streams.get(0).get("retentionHours").asInt());
    }

    @Test
    void allowListsApplyToEveryRoute() throws IOException {
        for (String path : List.of(
                "/api/kinesis/stream/hidden-stream/metrics",
                "/api/kinesis/stream/hidden-stream/records?shard=shardId-000000000000",
                "/api/logs/tail?stream=hidden-stream",
                "/api/logs/search?bucket=hidden-bucket",
                "/api/s3/bucket/hidden-bucket/objects",
                "/api/s3/bucket/hidden-bucket/partitions",
                "/api/s3/object/hidden-bucket/x",
                "/api/s3/object/hidden-bucket?key=x&download=true")) {
            Answer answer = http.get(path);
            assertEquals(404, answer.status(), path);
            assertEquals("not_found", answer.json().get("error").asText(), path);
        }
    }

    @Test
    void metricsShowShardsWithHashRanges() throws IOException {
        JsonNode report = http.get("/api/kinesis/stream/stage01-logs-stream/metrics")
                .json()
                .get("report");

        assertEquals(2, report.get("shards").size());
        assertEquals("0", report.at("/shards/0/startingHashKey").asText());
        assertTrue(report.at("/shards/0/leaseOwner").isNull());
    }

    @Test
    void objectsArePagedAndFoldersCounted() throws IOException {
        JsonNode root = http.get("/api/s3/bucket/" + BUCKET + "/objects").json();
        assertEquals(
                List.of("_dead-letter/", "service=api/", "service=cart%3Deu/"),
                root.get("prefixes").findValuesAsText("prefix"));

        JsonNode first = http.get("/api/s3/bucket/" + BUCKET + "/objects?limit=1&prefix=" + Http.encode(API_13))
                .json();
        JsonNode second = http.get("/api/s3/bucket/" + BUCKET + "/objects?limit=1&prefix=" + Http.encode(API_13)
                        + "&token=" + Http.encode(first.get("nextToken").asText()))
                .json();
        assertEquals(API_13 + "part-1.jsonl", first.at("/objects/0/key").asText());
        assertEquals(API_13 + "part-2.jsonl.gz", second.at("/objects/0/key").asText());
        assertTrue(second.get("nextToken").isNull());
    }

    @Test
    void partitionsAreServiceByHour() {
        await().untilAsserted(() -> {
            JsonNode report =
                    http.get("/api/s3/bucket/" + BUCKET + "/partitions").json();
            assertEquals(3, report.get("partitions").size(), report::toString);
            assertEquals("2025-11-09T14:00:00Z", report.at("/partitions/0/hour").asText());
            assertEquals(List.of("api", "cart=eu"), report.get("services").findValuesAsText("service"));
            assertEquals(1.0, report.at("/services/0/smallShare").asDouble());
            assertEquals(0, report.get("other").asLong());
        });
    }

    @Test
    void objectsAreDecodedWhateverTheirCompression() throws IOException {
        for (String key : List.of(API_13 + "part-2.jsonl.gz", API_14 + "part-3.jsonl.zst")) {
            JsonNode view = http.get("/api/s3/object/" + BUCKET + "/" + key).json();
            assertTrue(view.at("/lines/0/text").asText().startsWith("{\"timestamp\""), key);
            assertEquals("end", view.get("stopped").asText());
        }
    }

    @Test
    void objectsAreReadByPagesOfLines() throws IOException {
        String path = "/api/s3/object/" + BUCKET + "/" + API_13 + "part-1.jsonl?limit=1";
        JsonNode first = http.get(path).json();
        JsonNode second =
                http.get(path + "&line=" + first.get("nextLine").asLong()).json();

        assertTrue(first.at("/lines/0/text").asText().contains("started"));
        assertTrue(second.at("/lines/0/text").asText().contains("timeout"));
        assertTrue(second.get("nextLine").isNull());
    }

    @Test
    void aDownloadIsTheObjectItselfAsAnAttachment() throws IOException {
        Answer answer = http.get("/api/s3/object/" + BUCKET + "/" + API_13 + "part-2.jsonl.gz?download=true");

        assertEquals("application/octet-stream", answer.header("Content-Type"));
        assertTrue(answer.header("Content-Disposition").startsWith("attachment; filename=\"part-2.jsonl.gz\""));
        byte[] stored = aws.s3()
                .getObjectAsBytes(r -> r.bucket(BUCKET).key(API_13 + "part-2.jsonl.gz"))
                .asByteArray();
        assertArrayEquals(stored, answer.bytes());
    }

    @Test
    void searchFindsEventsOfAServiceAndTimeRange() throws IOException {
        JsonNode result = http.get("/api/logs/search?service=api&from=2025-11-09T13:10:00Z&to=2025-11-09T15:00:00Z")
                .json();

        assertEquals("end", result.get("stopped").asText());
        assertEquals(
                List.of("2025-11-09T14:00:00Z", "2025-11-09T13:30:00Z", "2025-11-09T13:15:00Z"),
                result.get("events").findValuesAsText("timestamp"));
        assertEquals(2, result.at("/scanned/hours").asInt());
        assertEquals(3, result.at("/scanned/objects").asInt());
    }

    @Test
    void searchFiltersByTextLevelFieldAndExpression() throws IOException {
        String day = "&from=2025-11-09T00:00:00Z&to=2025-11-10T00:00:00Z";
        assertEquals(2, found("service=api&q=TIMEOUT" + day));
        assertEquals(1, found("service=api&level=warn" + day));
        assertEquals(3, found("service=api&level=ERROR,WARNING" + day));
        assertEquals(1, found("service=api&regex=" + Http.encode("timeout \\w+ \\d+s") + day));
        assertEquals(1, found("service=" + Http.encode("cart=eu") + "&field=http.status=500" + day));
        assertEquals(1, found("service=" + Http.encode("cart=eu") + "&field=big=12345678901234567890" + day));
        assertEquals(0, found("service=no-such" + day));
    }

    @Test
    void searchOverAllServicesGoesOnFromItsCursor() {
        String query = "/api/logs/search?limit=2&from=2025-11-09T00:00:00Z&to=2025-11-10T00:00:00Z";
        await().untilAsserted(() -> {
            JsonNode first = http.get(query).json();
            JsonNode second =
                    http.get(query + "&cursor=" + first.get("cursor").asText()).json();
            JsonNode third =
                    http.get(query + "&cursor=" + second.get("cursor").asText()).json();
            assertEquals(2, first.get("events").size());
            assertEquals(2, second.get("events").size());
            assertEquals(1, third.get("events").size());
            assertEquals("end", third.get("stopped").asText());
        });
    }

    @Test
    void metricsAreInPrometheusFormat() {
        await().untilAsserted(() -> {
            String metrics = http.get("/metrics").text();
            assertTrue(metrics.contains("millrace_lake_objects{bucket=\"md-raw-logs\"} 5"), metrics);
        });
    }

    private static int found(String query) throws IOException {
        Answer answer = http.get("/api/logs/search?" + query);
        assertEquals(200, answer.status(), answer::text);
        return answer.json().get("events").size();
    }
}
