package io.millrace.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.settings.SharedSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(3);

    static {
        // How often the JDK's server looks for idle connections: ten seconds otherwise. JDK 17 knows the first, 21 the
        // second.
        System.setProperty("sun.net.httpserver.clockTick", "200");
        System.setProperty("sun.net.httpserver.idleTimerScheduleMillis", "200");
    }

    private volatile List<String> obstacles = List.of();
    private StatusServer server;
    private RawConnection connection;

    @BeforeEach
    void start() throws IOException {
        Health health = new Health() {
            @Override
            public List<String> defects() {
                return List.of();
            }

            @Override
            public List<String> obstacles() {
                return obstacles;
            }
        };
        byte[] status = "{\"process\":{}}\n".getBytes(StandardCharsets.UTF_8);
        server = StatusServer.start("127.0.0.1", 0, KEEP_ALIVE, health, () -> "up 1\n", () -> status);
        connection = RawConnection.open(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        server.close();
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() throws IOException {
        obstacles = List.of("starting");
        for (String path : List.of("/health", "/ready", "/metrics", "/status", "/nowhere")) {
            RawConnection.Answer head = connection.ask("HEAD", path);
            RawConnection.Answer get = connection.ask("GET", path);
            assertEquals(get.status(), head.status(), path);
            assertEquals(get.headers().get("Content-Type"), head.headers().get("Content-Type"), path);
            assertEquals(get.headers().get("Content-Length"), head.headers().get("Content-Length"), path);
            assertFalse(get.body().isEmpty(), path);
        }
        assertEquals(503, connection.ask("HEAD", "/ready").status());
        assertEquals(405, connection.ask("DELETE", "/health").status());
    }

    @Test
    void anIdleConnectionStaysAsLongAsItIsSaid() throws IOException {
        assertEquals(200, connection.ask("GET", "/health").status());
        assertFalse(connection.endsWithin(KEEP_ALIVE.minusMillis(800)), "it ended early");
        assertEquals(200, connection.ask("GET", "/health").status());
        assertTrue(connection.endsWithin(KEEP_ALIVE.plusSeconds(5)), "it never ended");
    }

    @Test
    void byDefaultThatIsLongerThanALoadBalancerWaits() {
        Duration byDefault =
                SharedSettings.HTTP_KEEP_ALIVE.parser().apply(SharedSettings.HTTP_KEEP_ALIVE.defaultText());
        assertEquals(Duration.ofSeconds(75), byDefault);
    }
}
