package io.millrace.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedInputStream;
import io.millrace.ingest.config.IngestConfig;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.service.http.RawConnection;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class IngestServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final LocalAwsExtension AWS = LocalAwsExtension.create();

    private static int streams;
    private final String stream = "stream-" + streams++;
    private final HttpClient http = HttpClient.newHttpClient();
    private IngestServer server;

    private void start(Map<String, String> settings) throws IOException {
        AWS.createStream(stream, 1);
        Map<String, String> variables = new HashMap<>(Map.of(
                "INGEST_PORT",
                "0",
                "AWS_ENDPOINT_URL",
                AWS.endpoint().toString(),
                "KINESIS_STREAM_NAME",
                stream,
                "PRODUCER_LINGER",
                "1ms"));
        variables.putAll(settings);
        server = new IngestServer(IngestConfig.read(variables));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return send(to(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** What the stream holds once everything accepted is delivered. */
    private List<String> delivered() {
        server.close();
        String iterator = AWS.kinesis()
                .getShardIterator(r -> r.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        List<String> data = new ArrayList<>();
        AWS.kinesis()
                .getRecords(r -> r.shardIterator(iterator))
                .records()
                .forEach(record -> record.data().asUtf8String().lines().forEach(data::add));
        return data;
    }

    @Test
    void eventsArriveInTheStreamByteForByte() throws Exception {
        start(Map.of());
        String first = "{\"service\": \"a\", \"n\": 1.50}";
        HttpResponse<String> response = post("/api/ingest/batch", "[" + first + ", 42]");

        assertEquals(202, response.statusCode());
        assertEquals("{\"accepted\":1,\"errors\":[{\"index\":1,\"reason\":\"no JSON object\"}]}", response.body());
        assertEquals(List.of(first), delivered());
    }

    @Test
    void gzipIsInflated() throws Exception {
        start(Map.of());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write("{\"a\":1}\n{\"b\":2}\n".getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = send(to("/api/ingest/batch")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));

        assertEquals(202, response.statusCode());
        assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), delivered());
    }

    @Test
    void syncWaitsForKinesisAndTellsWhereEachEventIs() throws Exception {
        start(Map.of());
        HttpResponse<String> response = post("/api/ingest/batch?sync=true", "{\"logs\":[{\"a\":1},{\"b\":2}]}");

        assertEquals(200, response.statusCode());
        JsonNode delivered = JSON.readTree(response.body()).get("delivered");
        assertEquals(2, delivered.size());
        assertEquals("shardId-000000000000", delivered.get(1).get("shardId").asText());
        assertTrue(delivered.get(1).get("sequenceNumber").asText().matches("\\d{56}"), response.body());
    }

    @Test
    void whatCannotBeReadIsRefused() throws Exception {
        start(Map.of("INGEST_MAX_BODY_BYTES", "2000", "INGEST_MAX_EVENTS", "3"));
        assertEquals(400, post("/api/ingest/batch", "oops").statusCode());
        assertEquals(413, post("/api/ingest/batch", "[{},{},{},{}]").statusCode());
        assertEquals(413, post("/api/ingest/batch", "x".repeat(2001)).statusCode());
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[100_000]);
        }
        HttpRequest.Builder inflated = to("/api/ingest/batch")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb.toByteArray()));
        assertEquals(413, send(inflated).statusCode());
        HttpRequest.Builder zstd = to("/api/ingest/batch")
                .header("Content-Encoding", "zstd")
                .POST(HttpRequest.BodyPublishers.ofString("x"));
        assertEquals(415, send(zstd).statusCode());
        assertEquals(404, post("/nowhere", "").statusCode());
        assertEquals(405, send(to("/api/ingest/batch").GET()).statusCode());
    }

    @Test
    void whoIsRefusedBeforeItsBodyIsReadIsToldThatTheConnectionEnds() throws Exception {
        start(Map.of());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            String head = "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        }
    }

    @Test
    void underBackpressureNothingIsAcceptedAndTheClientIsToldToComeBack() throws Exception {
        start(Map.of("PRODUCER_BUFFER_BYTES", "64KiB", "PRODUCER_CLOSE_TIMEOUT", "0ms"));
        AWS.faults().add(Fault.serverError("kinesis:PutRecords", 503));
        String body = "{\"message\":\"" + "x".repeat(30_000) + "\"}";
        HttpResponse<String> response = post("/api/ingest/batch", body);
        for (int i = 0; i < 3 && response.statusCode() == 202; i++) {
            response = post("/api/ingest/batch", body);
        }
        assertEquals(429, response.statusCode());
        assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void theTokenIsAskedFor() throws Exception {
        start(Map.of("INGEST_TOKEN", "secret"));
        assertEquals(401, post("/api/ingest/batch", "{}").statusCode());
        HttpRequest.Builder right = to("/api/ingest/batch")
                .header("Authorization", "Bearer secret")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertEquals(202, send(right).statusCode());
        assertEquals(200, send(to("/health").GET()).statusCode());
    }

    @Test
    void theSchemeBearerIsReadInAnyCaseAndTheTokenInItsOwn() throws Exception {
        start(Map.of("INGEST_TOKEN", "Secret"));
        for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEARER ")) {
            assertEquals(202, ingest(scheme + " Secret"), scheme);
        }
        for (String wrong : List.of("Bearer secret", "BearerSecret", "Basic Secret", "Secret")) {
            assertEquals(401, ingest(wrong), wrong);
        }
    }

    private int ingest(String authorization) throws IOException, InterruptedException {
        return send(to("/api/ingest/batch")
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .statusCode();
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() throws Exception {
        start(Map.of());
        try (RawConnection connection = RawConnection.open(server.port())) {
            for (String path : List.of("/health", "/ready", "/metrics", "/nowhere", "/v1/logs")) {
                RawConnection.Answer head = connection.ask("HEAD", path);
                RawConnection.Answer get = connection.ask("GET", path);
                assertEquals(get.status(), head.status(), path);
                assertEquals(get.headers().get("Content-Type"), head.headers().get("Content-Type"), path);
                assertTrue(Integer.parseInt(head.headers().get("Content-Length")) > 0, path);
            }
            assertEquals(
                    "GET, HEAD", connection.ask("DELETE", "/health").headers().get("Allow"));
        }
    }

    @Test
    void anIdleConnectionStaysAsLongAsTheSettingSays() throws Exception {
        assertEquals(Duration.ofSeconds(75), IngestConfig.read(Map.of()).httpKeepAlive());
        start(Map.of("HTTP_KEEP_ALIVE", "2"));
        try (RawConnection connection = RawConnection.open(server.port())) {
            assertEquals(200, connection.ask("GET", "/health").status());
            assertFalse(connection.endsWithin(Duration.ofMillis(1_200)), "it ended early");
            assertEquals(200, connection.ask("GET", "/health").status());
            assertTrue(connection.endsWithin(Duration.ofSeconds(6)), "it never ended");
        }
    }

    @Test
    void metricsTellWhatWasAcceptedAndDelivered() throws Exception {
        start(Map.of());
        post("/api/ingest/batch?sync=true", "[{},{}]");
        String metrics = send(to("/metrics").GET()).body();

        assertTrue(metrics.contains("millrace_producer_accepted_total 2.0"), metrics);
        assertTrue(metrics.contains("millrace_producer_delivered_total 2.0"), metrics);
        assertTrue(
                metrics.contains("millrace_ingest_requests_total{path=\"/api/ingest/batch\",status=\"200\"} 1.0"),
                metrics);
        assertEquals(200, send(to("/ready").GET()).statusCode());
    }

    @Test
    void anOpenTelemetrySdksLogsBecomeEvents() throws Exception {
        start(Map.of());
        try (OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + server.port() + "/v1/logs")
                        .setCompression("gzip")
                        .build();
                SdkLoggerProvider provider = SdkLoggerProvider.builder()
                        .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "checkout")))
                        .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                        .build()) {
            provider.get("my.logger")
                    .logRecordBuilder()
                    .setSeverity(Severity.ERROR)
                    .setBody("it failed")
                    .setAttribute(AttributeKey.longKey("order"), 17L)
                    .setTimestamp(1_762_694_673, TimeUnit.SECONDS)
                    .emit();
            provider.forceFlush().join(10, TimeUnit.SECONDS);
        }
        List<String> events = delivered();
        assertEquals(1, events.size());
        JsonNode event = JSON.readTree(events.get(0));
        assertEquals("checkout", event.get("service").asText());
        assertEquals("ERROR", event.get("level").asText());
        assertEquals("it failed", event.get("message").asText());
        assertEquals("2025-11-09T13:24:33Z", event.get("timestamp").asText());
        assertEquals(17, event.get("attributes").get("order").asInt());
    }

    @Test
    void anOtlpRefusalIsAStatusInTheRequestsEncoding() throws Exception {
        start(Map.of("INGEST_TOKEN", "secret"));
        HttpResponse<String> json = send(to("/v1/logs")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer secret")
                .POST(HttpRequest.BodyPublishers.ofString("{oops")));
        assertEquals(400, json.statusCode());
        assertEquals(3, JSON.readTree(json.body()).get("code").asInt());
        assertTrue(JSON.readTree(json.body()).get("message").asText().length() > 5, json.body());

        HttpResponse<byte[]> protobuf = http.send(
                to("/v1/logs")
                        .header("Content-Type", "application/x-protobuf")
                        .POST(HttpRequest.BodyPublishers.ofString("oops"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(401, protobuf.statusCode());
        assertEquals(
                "application/x-protobuf",
                protobuf.headers().firstValue("Content-Type").orElseThrow());
        CodedInputStream status = CodedInputStream.newInstance(protobuf.body());
        assertEquals(1 << 3, status.readTag());
        assertEquals(16, status.readInt32());
        assertEquals(2 << 3 | 2, status.readTag());
        assertEquals("the bearer token is missing or wrong", status.readString());
        assertTrue(status.isAtEnd());
    }
}
