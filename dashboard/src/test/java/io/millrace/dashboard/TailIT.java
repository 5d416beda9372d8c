package io.millrace.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.dashboard.testing.TestDashboard;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.service.http.RawConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;

/** The live tail over HTTP. */
@Timeout(90)
class TailIT {

    private static final String TAIL = "/api/logs/tail?stream=" + SampleData.STREAM;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static TestDashboard dashboard;
    private static Http http;

    @BeforeAll
    static void start() {
        aws.createStream(SampleData.STREAM, 1);
        dashboard = TestDashboard.start(aws.endpoint(), Map.of("DASHBOARD_MAX_TAILS", "2"));
        http = dashboard.http();
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void eventsThatFitArriveAndOthersDoNot() throws IOException {
        try (Socket socket = http.open("GET", TAIL + "&level=ERROR&q=disk")) {
            BufferedReader lines = lines(socket);
            readUntil(lines, "event: open");
            put("{\"level\":\"INFO\",\"message\":\"disk is fine\"}");
            put("{\"level\":\"ERROR\",\"message\":\"network is down\"}");
            put("{\"level\":\"ERROR\",\"message\":\"disk is full\"}");
            readUntil(lines, "event: events");
            String data = lines.readLine();
            assertTrue(data.startsWith("data: [") && data.contains("disk is full"), data);
            assertFalse(data.contains("fine") || data.contains("network"), data);
        }
    }

    @Test
    void headOfATailEndsAtOnce() throws IOException {
        try (RawConnection connection = RawConnection.open(dashboard.port())) {
            RawConnection.Answer head = connection.ask("HEAD", TAIL);
            assertEquals(200, head.status());
            assertTrue(head.headers().get("Content-Type").startsWith("text/event-stream"), head::toString);
            assertEquals(200, connection.ask("GET", "/").status());
        }
    }

    @Test
    void thereAreNoMoreTailsThanAllowedAndOneThatLeftMakesRoom() throws IOException {
        awaitTails(0);
        try (Socket first = http.open("GET", TAIL);
                Socket second = http.open("GET", TAIL)) {
            readUntil(lines(first), "event: open");
            readUntil(lines(second), "event: open");

            assertEquals(503, http.get(TAIL).status());
            assertEquals("busy", http.get(TAIL).json().get("error").asText());
        }
        // Found out by the next heartbeat.
        awaitTails(0);
        try (Socket again = http.open("GET", TAIL)) {
            readUntil(lines(again), "event: open");
        }
    }

    private static void awaitTails(int count) {
        await().atMost(PATIENCE).until(() -> http.get("/metrics").text().contains("millrace_dashboard_tails " + count));
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void readUntil(BufferedReader lines, String wanted) throws IOException {
        for (String line = lines.readLine(); !wanted.equals(line); line = lines.readLine()) {
            assertTrue(line != null, "the tail ended before '" + wanted + "'");
        }
    }

    private static void put(String event) {
        aws.kinesis()
                .putRecord(
                        r -> r.streamName(SampleData.STREAM).partitionKey("k").data(SdkBytes.fromUtf8String(event)));
    }
}
