package io.millrace.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.millrace.dashboard.testing.FakeConsumer;
import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.dashboard.testing.TestDashboard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An alert from its rise to its end, over HTTP and at the webhook; AWS is away all the time. */
class AlertsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anAlertIsServedPostedOnceAndPostedAgainWhenItIsOver() throws Exception {
        List<JsonNode> posted = new CopyOnWriteArrayList<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/hook", exchange -> {
            posted.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        try (FakeConsumer consumer = new FakeConsumer(() -> status(400_000));
                TestDashboard dashboard = TestDashboard.start(
                        URI.create("http://127.0.0.1:1"),
                        Map.of(
                                "CONSUMER_STATUS_URLS",
                                consumer.url(),
                                "ALERT_WEBHOOK_URL",
                                "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook"))) {
            Http http = dashboard.http();
            await().atMost(Duration.ofSeconds(30)).until(() -> !posted.isEmpty());

            JsonNode alert = http.get("/api/alerts").json().at("/alerts/0");
            assertEquals("freshness", alert.get("kind").asText());
            assertEquals("CRITICAL", alert.get("severity").asText());
            assertTrue(alert.get("message").asText().contains("is 400 s old; the limit is 300 s"), alert::toString);
            assertEquals("raised", posted.get(0).get("state").asText());
            assertEquals(alert.get("id"), posted.get(0).at("/alert/id"));
            assertTrue(
                    http.get("/metrics").text().contains("millrace_dashboard_alerts 1"),
                    "alerts are in the metrics too");

            consumer.tells(status(100));

            await().atMost(Duration.ofSeconds(30)).until(() -> posted.size() > 1);
            assertEquals("cleared", posted.get(1).get("state").asText());
            assertEquals(0, http.get("/api/alerts").json().get("alerts").size());
            assertEquals(2, posted.size());
        } finally {
            webhook.stop(0);
        }
    }

    private static String status(long age) {
        return """
            {"workerId":"w","healthy":true,"ready":true,"shards":[{"stream":"%s","shardId":"shardId-000000000000",
             "state":"RUNNING","oldestUnflushedMillis":%d,"millisBehindLatest":0}]}\
            """.formatted(SampleData.STREAM, age);
    }
}
