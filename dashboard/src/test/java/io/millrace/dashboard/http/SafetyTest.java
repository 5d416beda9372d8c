package io.millrace.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.dashboard.testing.Answer;
import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.TestDashboard;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the dashboard answers to strangers, and while nothing listens at AWS_ENDPOINT_URL. */
class SafetyTest {

    private static URI nowhere;
    private static TestDashboard dashboard;
    private static Http http;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        dashboard = TestDashboard.start(nowhere, Map.of("DASHBOARD_ALLOWED_HOSTS", "Dash.Example.com"));
        http = dashboard.http();
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void healthAnswersAndNamesEachServiceApart() throws IOException {
        Answer answer = http.get("/health");

        JsonNode health = answer.json();
        assertEquals(200, answer.status());
        assertEquals("degraded", health.get("status").asText());
        for (String service : new String[] {"kinesis", "s3", "dynamodb"}) {
            assertFalse(health.at("/services/" + service + "/reachable").asBoolean(true), service);
        }
    }

    @Test
    void theSummaryStillAnswersAndSaysWhatIsMissing() throws IOException {
        Answer answer = http.get("/api/stats/summary");

        assertEquals(200, answer.status());
        assertTrue(answer.json().at("/streams/error").isTextual(), answer::text);
        assertTrue(answer.json().at("/buckets/error").isTextual(), answer::text);
    }

    @Test
    void listsAnswer503InTheOneErrorShape() throws IOException {
        Answer answer = http.get("/api/kinesis/streams");

        assertEquals(503, answer.status());
        assertEquals("aws_unreachable", answer.json().get("error").asText());
        assertTrue(answer.json().get("hint").asText().contains("AWS_ENDPOINT_URL"));
    }

    @Test
    void thePageIsServedAndNothingBesideIt() throws IOException {
        assertTrue(http.get("/").text().contains("<title>Millrace"));
        assertEquals(404, http.get("/files.txt").status());
        for (String path : new String[] {
            "/../logback.xml", "/%2e%2e/logback.xml", "/..%2flogback.xml", "/web/../../logback.xml", "//etc/passwd"
        }) {
            int status = http.get(path).status();
            assertTrue(status == 404 || status == 400, path + " gave " + status);
        }
    }

    @Test
    void onlyReadingMethodsAreAllowed() throws IOException {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"}) {
            Answer answer = http.send(method, "/api/s3/buckets");
            assertEquals(405, answer.status(), method);
            assertEquals("method_not_allowed", answer.json().get("error").asText());
        }
    }

    @Test
    void aForeignHostIsRefused() throws IOException {
        assertEquals(403, http.get("/api/s3/buckets", "Host: evil.example").status());
        assertEquals(403, http.get("/", "Host: localhost.evil.example").status());
        assertEquals(403, http.get("/", "Host: 127.0.0.1.evil.example:8010").status());
        for (String host :
                new String[] {"localhost", "127.0.0.1:8010", "[::1]:8010", "10.1.2.3", "dash.example.com:443"}) {
            assertEquals(200, http.get("/", "Host: " + host).status(), host);
        }
    }

    @Test
    void aForeignOriginIsRefused() throws IOException {
        for (String header : new String[] {
            "Origin: https://evil.example",
            "Origin: http://localhost:3000",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site"
        }) {
            Answer answer = http.get("/api/stats/summary", header);
            assertEquals(403, answer.status(), header);
            assertEquals("origin_not_allowed", answer.json().get("error").asText());
        }
        assertEquals(
                200,
                http.get("/", "Origin: http://localhost:" + dashboard.port()).status());
        assertEquals(200, http.get("/", "Origin: https://dash.example.com").status());
        assertEquals(
                200,
                http.get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")
                        .status());
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws IOException {
        for (String path : new String[] {"/", "/app.js", "/health", "/no-such", "/api/kinesis/streams", "/%zz"}) {
            Answer answer = http.get(path);
            assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none';"), path);
            assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
            assertEquals("no-referrer", answer.header("Referrer-Policy"), path);
            assertEquals("", answer.header("Access-Control-Allow-Origin"), path);
            assertEquals("", answer.header("Server"), path);
        }
    }

    @Test
    void parametersAreCheckedAndNamed() throws IOException {
        Answer answer = http.get("/api/stats/history?since=yesterday");

        assertEquals(400, answer.status());
        assertTrue(answer.json().get("message").asText().startsWith("since is 'yesterday' but must be a time"));
    }

    @Test
    void basicAuthenticationGuardsAllButHealth() throws IOException {
        try (TestDashboard guarded = TestDashboard.start(
                nowhere,
                Map.of("DASHBOARD_AUTH", "basic", "DASHBOARD_USER", "ops", "DASHBOARD_PASSWORD", "a:päss word"))) {
            Http guardedHttp = guarded.http();

            assertEquals(200, guardedHttp.get("/health").status());
            assertEquals(401, guardedHttp.get("/").status());
            assertTrue(guardedHttp.get("/metrics").header("WWW-Authenticate").startsWith("Basic "));
            assertEquals(401, guardedHttp.get("/", basic("ops:wrong-password")).status());
            assertEquals(401, guardedHttp.get("/", "Authorization: Basic %%%").status());
            assertEquals(200, guardedHttp.get("/", basic("ops:a:päss word")).status());
        }
    }

    @Test
    void aProxysHeaderIsBelievedFromTrustedAddressesOnly() throws IOException {
        try (TestDashboard trusting = TestDashboard.start(nowhere, Map.of("DASHBOARD_AUTH", "proxy"));
                TestDashboard wary = TestDashboard.start(
                        nowhere, Map.of("DASHBOARD_AUTH", "proxy", "DASHBOARD_TRUSTED_PROXIES", "10.0.0.1"))) {
            assertEquals(401, trusting.http().get("/").status());
            assertEquals(200, trusting.http().get("/", "X-Forwarded-User: ada").status());
            assertEquals(401, wary.http().get("/", "X-Forwarded-User: ada").status());
        }
    }

    private static String basic(String credentials) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
