package io.millrace.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dashboard.Dashboard;
import io.millrace.dashboard.config.ConfigException;
import io.millrace.dashboard.config.DashboardConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the dashboard answers while nothing listens at AWS_ENDPOINT_URL. */
class AwsAwayTest {

    private static Dashboard dashboard;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException, ConfigException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        dashboard = new Dashboard(DashboardConfig.load(
                Map.of("DASHBOARD_PORT", "0", "AWS_ENDPOINT_URL", "http://127.0.0.1:" + closedPort)));
        dashboard.start();
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void healthAnswersAndNamesEachServiceApart() throws Exception {
        HttpResponse<String> response = get("/health");

        JsonNode health = new ObjectMapper().readTree(response.body());
        assertEquals(200, response.statusCode());
        assertEquals("degraded", health.get("status").asText());
        for (String service : new String[] {"kinesis", "s3", "dynamodb"}) {
            assertFalse(health.at("/services/" + service + "/reachable").asBoolean(true), service);
        }
    }

    @Test
    void theSummaryStillAnswersAndSaysWhatIsMissing() throws Exception {
        HttpResponse<String> response = get("/api/stats/summary");

        assertEquals(200, response.statusCode());
        JsonNode summary = new ObjectMapper().readTree(response.body());
        assertTrue(summary.at("/streams/error").isTextual(), response::body);
        assertTrue(summary.at("/buckets/error").isTextual(), response::body);
    }

    @Test
    void listsAnswer503InTheOneErrorShape() throws Exception {
        HttpResponse<String> response = get("/api/kinesis/streams");

        JsonNode error = new ObjectMapper().readTree(response.body());
        assertEquals(503, response.statusCode());
        assertEquals("aws_unreachable", error.get("error").asText());
        assertTrue(error.get("hint").asText().contains("AWS_ENDPOINT_URL"));
    }

    @Test
    void thePageIsServedAndNothingBesideIt() throws Exception {
        assertTrue(get("/").body().contains("<title>Millrace"));
        assertEquals(404, get("/files.txt").statusCode());
        assertEquals(400, get("/../logback.xml").statusCode());
        assertEquals(404, get("/no-such-page").statusCode());
    }

    @Test
    void onlyReadingMethodsAreAllowed() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"}) {
            HttpRequest request = HttpRequest.newBuilder(uri("/api/s3/buckets"))
                    .method(method, BodyPublishers.noBody())
                    .build();

            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

            assertEquals(405, response.statusCode(), method);
            assertTrue(response.body().contains("\"error\":\"method_not_allowed\""), response::body);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + dashboard.port() + path);
    }
}
