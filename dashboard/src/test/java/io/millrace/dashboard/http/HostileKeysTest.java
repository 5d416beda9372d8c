package io.millrace.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.millrace.dashboard.testing.Answer;
import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.TestDashboard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that look like something else reach S3 as they are. The S3 here only notes which key it was asked for. */
class HostileKeysTest {

    private static final Set<String> asked = ConcurrentHashMap.newKeySet();
    private static HttpServer s3;
    private static TestDashboard dashboard;

    @BeforeAll
    static void start() throws IOException {
        s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        s3.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getRawPath();
            byte[] body =
                    "<ListAllMyBucketsResult><Buckets><Bucket><Name>lake</Name></Bucket></Buckets></ListAllMyBucketsResult>"
                            .getBytes(StandardCharsets.UTF_8);
            if (path.startsWith("/lake/") && path.length() > "/lake/".length()) {
                asked.add(ObjectPath.decode(path.substring("/lake/".length())));
                body = "line\n".getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        s3.start();
        dashboard = TestDashboard.start(
                URI.create("http://127.0.0.1:" + s3.getAddress().getPort()), Map.of("DASHBOARD_BUCKETS", "lake"));
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        s3.stop(0);
    }

    static List<String> keys() {
        return List.of(
                "a/../../etc/passwd",
                "../x",
                "a/%2e%2e%2fb",
                "a/%252fb",
                "a//b",
                "a+b c",
                "what?download=true",
                "half#half",
                "semi;colon=1",
                "emoji/😀/é",
                "<img src=x onerror=alert(1)>",
                "quote\"and'more",
                "ansi\u001b[31mred",
                "bidi\u202Etxt.exe",
                "back\\slash",
                "x".repeat(1_024));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyReachesS3AsItIs(String key) throws IOException {
        Http http = dashboard.http();
        for (String path :
                List.of("/api/s3/object/lake/" + Http.encode(key), "/api/s3/object/lake?key=" + Http.encode(key))) {
            asked.clear();
            Answer answer = http.get(path);
            assertEquals(200, answer.status(), answer::text);
            assertEquals(Set.of(key), asked, path);
            assertEquals(key, answer.json().get("key").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aDownloadsNameIsHarmless(String key) throws IOException {
        Answer answer = dashboard.http().get("/api/s3/object/lake?download=true&key=" + Http.encode(key));

        String disposition = answer.header("Content-Disposition");
        assertEquals("application/octet-stream", answer.header("Content-Type"));
        assertTrue(
                disposition.matches("attachment; filename=\"[A-Za-z0-9_=-][A-Za-z0-9._=-]*\";"
                        + " filename\\*=UTF-8''[A-Za-z0-9._*%-]*"),
                disposition);
        assertFalse(disposition.contains("/"), disposition);
    }
}
