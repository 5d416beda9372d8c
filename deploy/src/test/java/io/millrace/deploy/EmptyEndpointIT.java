package io.millrace.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code AWS_ENDPOINT_URL} set and empty, as a compose file or an {@code .env} leaves it, means AWS itself. The processes know
 * the names of AWS's endpoints as names of this machine, and no other name: that they are refused shows whom they called.
 */
class EmptyEndpointIT {

    private static final String REFUSED = "Connection refused";

    @TempDir
    Path folder;

    @BeforeAll
    static void nobodyServesHttpsHere() {
        boolean served = true;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 443)) {
            served = socket.isConnected();
        } catch (IOException e) {
            served = false;
        }
        assumeTrue(!served, "SKIPPED: something listens on port 443 of this machine");
    }

    @Test
    void theConsumerCallsAws() throws Exception {
        try (JavaProcess consumer = start("consumer", Map.of("STATUS_PORT", "0"))) {
            consumer.awaitLine("Waiting for stream .*" + REFUSED + ": kinesis.eu-west-1.amazonaws.com");
            consumer.awaitLine("Waiting for lease table .*" + REFUSED + ": dynamodb.eu-west-1.amazonaws.com");
            consumer.awaitLine("Waiting for bucket .*" + REFUSED + ": md-raw-logs.s3.eu-west-1.amazonaws.com");
            consumer.stop();
        }
    }

    @Test
    void theDashboardCallsAws() throws Exception {
        try (JavaProcess dashboard =
                start("dashboard", Map.of("CONSUMER_STATUS_URLS", "none", "DASHBOARD_PORT", "0"))) {
            String address = dashboard.awaitLine("Dashboard ready: (http://[^/]+)");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> answer(HttpRequest.newBuilder(URI.create(address + "/health")))
                                    .split(REFUSED, -1)
                                    .length
                            == 1 + List.of("kinesis", "dynamodb", "s3").size());
            dashboard.stop();
        }
    }

    @Test
    void theIngestionInterfaceCallsAws() throws Exception {
        try (JavaProcess ingestion =
                start("ingestion-interface", Map.of("INGEST_PORT", "0", "PRODUCER_CLOSE_TIMEOUT", "0ms"))) {
            String address = ingestion.awaitLine("Ingestion interface ready: (http://[^/]+)");
            answer(HttpRequest.newBuilder(URI.create(address + "/api/ingest/batch"))
                    .POST(BodyPublishers.ofString("{\"service\":\"a\"}")));
            ingestion.awaitLine(REFUSED + ": kinesis.eu-west-1.amazonaws.com");
            ingestion.stop();
        }
    }

    private JavaProcess start(String module, Map<String, String> settings) throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), """
                127.0.0.1 localhost
                127.0.0.1 kinesis.eu-west-1.amazonaws.com
                127.0.0.1 dynamodb.eu-west-1.amazonaws.com
                127.0.0.1 s3.eu-west-1.amazonaws.com
                127.0.0.1 md-raw-logs.s3.eu-west-1.amazonaws.com
                """);
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", "",
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts));
        environment.putAll(settings);
        return JavaProcess.start(module, environment);
    }

    private static String answer(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString())
                .body();
    }
}
