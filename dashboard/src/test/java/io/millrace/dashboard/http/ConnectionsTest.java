package io.millrace.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.testing.TestDashboard;
import io.millrace.service.http.RawConnection;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What load balancers and probes rely on, while nothing listens at AWS_ENDPOINT_URL. */
class ConnectionsTest {

    private static URI nowhere;
    private static TestDashboard dashboard;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        dashboard = TestDashboard.start(nowhere, Map.of("HTTP_KEEP_ALIVE", "2"));
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() throws IOException {
        for (String path : List.of(
                "/",
                "/health",
                "/metrics",
                "/api/kinesis/streams",
                "/api/stats/history?since=yesterday",
                "/no-such",
                "/api/openapi.json")) {
            try (RawConnection connection = RawConnection.open(dashboard.port())) {
                RawConnection.Answer head = connection.ask("HEAD", path);
                RawConnection.Answer get = connection.ask("GET", path);
                assertEquals(get.status(), head.status(), path);
                assertEquals(get.headers().get("Content-Type"), head.headers().get("Content-Type"), path);
                assertFalse(get.body().isEmpty(), path);
            }
        }
    }

    @Test
    void anIdleConnectionStaysAsLongAsTheSettingSays() throws IOException {
        try (RawConnection connection = RawConnection.open(dashboard.port())) {
            assertEquals(200, connection.ask("GET", "/").status());
            assertFalse(connection.endsWithin(Duration.ofMillis(1_200)), "it ended early");
            assertEquals(200, connection.ask("GET", "/").status());
            assertTrue(connection.endsWithin(Duration.ofSeconds(6)), "it never ended");
        }
    }

    @Test
    void theSchemeBasicIsReadInAnyCase() throws IOException {
        String credentials =
                Base64.getEncoder().encodeToString("millrace:a:päss word".getBytes(StandardCharsets.UTF_8));
        try (TestDashboard guarded = TestDashboard.start(
                        nowhere, Map.of("DASHBOARD_AUTH", "basic", "DASHBOARD_PASSWORD", "a:päss word"));
                RawConnection connection = RawConnection.open(guarded.port())) {
            for (String scheme : List.of("Basic", "basic", "BASIC", "bASIC ")) {
                RawConnection.Answer answer =
                        connection.ask("GET", "/", "Authorization: " + scheme + " " + credentials);
                assertEquals(200, answer.status(), scheme);
            }
            assertEquals(
                    401,
                    connection
                            .ask("GET", "/", "Authorization: Bearer " + credentials)
                            .status());
        }
    }
}
