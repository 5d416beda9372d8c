package io.millrace.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processes as they run on EKS with IAM roles for service accounts: no endpoint, no keys, but a token in a file, which STS
 * changes for keys. Each service's own endpoint variable leads the SDK to the stand-ins.
 */
class ServiceAccountIT {

    private static final String ROLE = "arn:aws:iam::123456789012:role/millrace";
    /** As STS answers (its API reference, AssumeRoleWithWebIdentity). */
    private static final String ANSWER = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult>
                <Credentials>
                  <AccessKeyId>ASIAROLE</AccessKeyId>
                  <SecretAccessKey>secret</SecretAccessKey>
                  <SessionToken>session</SessionToken>
                  <Expiration>2099-01-01T00:00:00Z</Expiration>
                </Credentials>
              </AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>
            """;

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer sts;

    @BeforeEach
    void standInForSts() throws IOException {
        sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sts.createContext("/", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        sts.start();
    }

    @AfterEach
    void stop() {
        sts.stop(0);
    }

    @Test
    void theConsumerTakesOnItsRole() throws Exception {
        aws.createStream("irsa-logs", 1);
        aws.createBucket("irsa-lake");
        aws.localAws().calls().reset();
        try (JavaProcess consumer = JavaProcess.start(
                "consumer",
                environment(Map.of(
                        "STREAM_NAME", "irsa-logs",
                        "TARGET_BUCKET", "irsa-lake",
                        "APPLICATION_NAME", "irsa",
                        "CLOUDWATCH_METRICS", "summary",
                        "STATUS_PORT", "0")))) {
            consumer.awaitLine("Consuming from shard");
            tookOnTheRole();
            // The right that CLOUDWATCH_METRICS needs is the one that Terraform then gives.
            String right = String.join("", Policy.actions("iam/policies/consumer-metrics.json.tftpl"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> aws.localAws().calls().snapshot().containsKey(right));
            consumer.stop();
        }
    }

    @Test
    void theIngestionInterfaceTakesOnItsRole() throws Exception {
        aws.createStream("irsa-sent", 1);
        try (JavaProcess ingestion = JavaProcess.start(
                "ingestion-interface", environment(Map.of("KINESIS_STREAM_NAME", "irsa-sent", "INGEST_PORT", "0")))) {
            String address = ingestion.awaitLine("Ingestion interface ready: (http://[^/]+)");
            HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(address + "/api/ingest/batch?sync=true"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("[{\"service\":\"b\",\"message\":\"x\"}]"));
            assertEquals(2, send(post).statusCode() / 100);
            tookOnTheRole();
            ingestion.stop();
        }
    }

    @Test
    void theDashboardTakesOnItsRole() throws Exception {
        aws.createStream("irsa-seen", 1);
        try (JavaProcess dashboard = JavaProcess.start(
                "dashboard", environment(Map.of("CONSUMER_STATUS_URLS", "none", "DASHBOARD_PORT", "0")))) {
            String address = dashboard.awaitLine("Dashboard ready: (http://[^/]+)");
            HttpResponse<String> streams = send(HttpRequest.newBuilder(URI.create(address + "/api/kinesis/streams")));
            assertTrue(streams.body().contains("irsa-seen"), streams.body());
            tookOnTheRole();
            dashboard.stop();
        }
    }

    private void tookOnTheRole() {
        assertTrue(
                asked.stream()
                        .anyMatch(form -> form.contains("Action=AssumeRoleWithWebIdentity")
                                && form.contains("WebIdentityToken=the-token")
                                && form.contains("role%2Fmillrace")),
                asked.toString());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    /** What EKS's webhook puts into a pod whose service account names a role, and where the services are. */
    private Map<String, String> environment(Map<String, String> settings) throws IOException {
        String endpoint = aws.endpoint().toString();
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ROLE_ARN", ROLE,
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                        Files.writeString(folder.resolve("token"), "the-token").toString(),
                "AWS_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_ENDPOINT_URL_STS", "http://127.0.0.1:" + sts.getAddress().getPort(),
                "AWS_ENDPOINT_URL_KINESIS", endpoint,
                "AWS_ENDPOINT_URL_DYNAMODB", endpoint,
                "AWS_ENDPOINT_URL_S3", endpoint,
                "AWS_ENDPOINT_URL_CLOUDWATCH", endpoint));
        environment.putAll(settings);
        return environment;
    }
}
