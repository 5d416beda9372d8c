package io.millrace.localaws.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.LocalAws;
import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.service.http.RawConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What local-aws answers for itself, and the little that it has of STS and CloudWatch; a fresh instance a test. */
class ControlsIT {

    @RegisterExtension
    final LocalAwsExtension aws = LocalAwsExtension.create();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void healthReadsAsLocalStacks() throws Exception {
        assertTrue(get("/_localstack/health").contains("\"kinesis\": \"available\""));

        aws.kinesis().listStreams();

        String health = get("/_localstack/health");
        assertTrue(health.startsWith("{\"services\": {"), health);
        assertTrue(health.contains("\"kinesis\": \"running\""), health);
        assertTrue(health.contains("\"s3\": \"available\""), health);
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() throws Exception {
        try (RawConnection connection = RawConnection.open(aws.endpoint().getPort())) {
            for (String path :
                    List.of("/_localstack/health", "/_millrace/faults", "/_millrace/calls", "/_millrace/x")) {
                RawConnection.Answer head = connection.ask("HEAD", path);
                RawConnection.Answer answer = connection.ask("GET", path);
                assertEquals(answer.status(), head.status(), path);
                assertEquals(
                        answer.headers().get("Content-Length"), head.headers().get("Content-Length"), path);
                assertFalse(answer.body().isEmpty(), path);
            }
        }
    }

    @Test
    void anIdleConnectionStaysAsLongAsTheSettingSays() throws Exception {
        try (LocalAws brief = LocalAws.start(LocalAwsSettings.ephemeral().withHttpKeepAlive(Duration.ofSeconds(2)));
                RawConnection connection = RawConnection.open(brief.endpoint().getPort())) {
            assertEquals(200, connection.ask("GET", "/_localstack/health").status());
            assertFalse(connection.endsWithin(Duration.ofMillis(1_200)), "it ended early");
            assertEquals(200, connection.ask("GET", "/_localstack/health").status());
            assertTrue(connection.endsWithin(Duration.ofSeconds(6)), "it never ended");
        }
    }

    @Test
    void faultsAreAddedReplacedListedAndRemoved() throws Exception {
        String path = "/_millrace/faults";
        send("POST", path, "{\"operation\": \"kinesis:*\", \"effect\": \"throttle\"}");
        String two = send("POST", path, "{\"operation\": \"s3:*\", \"effect\": \"drop-before\", \"rate\": 0.5}");
        assertTrue(two.contains("\"id\":1") && two.contains("\"id\":2"), two);
        assertEquals(two, get(path));

        String second = send("DELETE", path + "/1", "");
        assertTrue(!second.contains("\"id\":1") && second.contains("\"id\":2"), second);
        String replaced = send("PUT", path, "[{\"operation\": \"dynamodb:*\", \"effect\": \"error\"}]");
        assertTrue(!replaced.contains("s3:") && replaced.contains("dynamodb:"), replaced);
        assertEquals("{\"faults\":[]}", send("DELETE", path, ""));
    }

    @Test
    void aWrongRuleIsRefusedAndNothingReplaced() throws Exception {
        send("POST", "/_millrace/faults", "{\"operation\": \"kinesis:*\", \"effect\": \"throttle\"}");

        String answer = send("PUT", "/_millrace/faults", "{\"operation\": \"s3:*\", \"effect\": \"explode\"}");

        assertTrue(answer.contains("explode") && answer.contains("drop-before"), answer);
        assertEquals(1, aws.faults().list().size());
        assertEquals(400, request("POST", "/_millrace/faults", "nonsense").statusCode());
        assertEquals(404, request("DELETE", "/_millrace/faults/99", "").statusCode());
        assertEquals(405, request("PATCH", "/_millrace/faults", "").statusCode());
        assertEquals(404, request("GET", "/_millrace/other", "").statusCode());
    }

    @Test
    void callsAreCountedByOperation() throws Exception {
        aws.createBucket("lake");
        aws.s3().listObjectsV2(r -> r.bucket("lake"));
        aws.s3().listObjectsV2(r -> r.bucket("lake"));
        aws.kinesis().listStreams();

        assertEquals(
                "{\"kinesis:ListStreams\":1,\"s3:CreateBucket\":1,\"s3:ListObjectsV2\":2}", get("/_millrace/calls"));
        assertEquals("{}", send("DELETE", "/_millrace/calls", ""));
    }

    @Test
    void saysWhoIAmAndForgetsMetrics() throws Exception {
        assertTrue(form("Action=GetCallerIdentity&Version=2011-06-15").contains("<Account>000000000000</Account>"));
        assertTrue(form("Action=PutMetricData&Namespace=x").contains("PutMetricDataResponse"));
        assertTrue(form("Action=CreateUser").contains("UnknownOperationException"));
    }

    @Test
    void refusesServicesThatItDoesNotHave() throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(aws.endpoint())
                        .header("X-Amz-Target", "SecretsManager.GetSecretValue")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("UnknownOperationException"), response.body());
    }

    private String form(String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(aws.endpoint().resolve("/"))
                                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String get(String path) throws Exception {
        return send("GET", path, "");
    }

    private String send(String method, String path, String body) throws Exception {
        return request(method, path, body).body();
    }

    private HttpResponse<String> request(String method, String path, String body) throws Exception {
        URI uri = aws.endpoint().resolve(path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
