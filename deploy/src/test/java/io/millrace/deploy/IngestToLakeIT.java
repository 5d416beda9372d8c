package io.millrace.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a service sends by {@code curl} or by an OpenTelemetry SDK is a line of the lake in the end. */
class IngestToLakeIT {

    private static final String STREAM = "logs";
    private static final String BUCKET = "lake";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FOLDER = "year=2025/month=11/day=09/hour=13/";

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @TempDir
    Path folder;

    @Test
    void whatCurlAndOpenTelemetrySendEndsAsLines() throws Exception {
        aws.createStream(STREAM, 1);
        aws.createBucket(BUCKET);
        Map<String, String> settings =
                Map.of("STREAM_NAME", STREAM, "TARGET_BUCKET", BUCKET, "FLUSH_INTERVAL", "1", "STATUS_PORT", "0");
        try (JavaProcess ingestion = JavaProcess.start(
                        "ingestion-interface",
                        aws.endpoint(),
                        Map.of("KINESIS_STREAM_NAME", STREAM, "INGEST_PORT", "0"));
                JavaProcess consumer = JavaProcess.start("consumer", aws.endpoint(), settings)) {
            String address = ingestion.awaitLine("Ingestion interface ready: (http://[^/]+)");
            String event = "{\"timestamp\":\"2025-11-09T13:24:33Z\",\"service\":\"by-curl\",\"message\":\"hällo\"}";
            curl(address + "/api/ingest/batch", event);
            export(address + "/v1/logs");

            assertEquals(List.of(event), awaitLines("service=by-curl/" + FOLDER));
            List<String> exported = awaitLines("service=by-opentelemetry/" + FOLDER);
            assertEquals(1, exported.size());
            for (String part :
                    List.of("\"message\":\"ledger is away\"", "\"level\":\"ERROR\"", "\"http.status\":503")) {
                assertTrue(exported.get(0).contains(part), () -> part + " is not in " + exported.get(0));
            }
            consumer.stop();
            ingestion.stop();
        }
    }

    private void curl(String address, String event) throws IOException, InterruptedException {
        Path sample = Files.writeString(folder.resolve("sample.json"), "[" + event + "]");
        Process curl = new ProcessBuilder("curl", "-sS", "-d", "@" + sample, address)
                .redirectErrorStream(true)
                .start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(curl.waitFor(1, TimeUnit.MINUTES), "curl does not end");
        assertTrue(answer.contains("\"accepted\":1"), answer);
    }

    private static void export(String address) {
        try (OtlpHttpLogRecordExporter exporter =
                        OtlpHttpLogRecordExporter.builder().setEndpoint(address).build();
                SdkLoggerProvider provider = SdkLoggerProvider.builder()
                        .setResource(Resource.create(
                                Attributes.of(AttributeKey.stringKey("service.name"), "by-opentelemetry")))
                        .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                        .build()) {
            provider.get("ledger")
                    .logRecordBuilder()
                    .setTimestamp(Instant.parse("2025-11-09T13:30:00Z"))
                    .setSeverity(Severity.ERROR)
                    .setBody("ledger is away")
                    .setAttribute(AttributeKey.longKey("http.status"), 503L)
                    .emit();
        }
    }

    private static List<String> awaitLines(String prefix) {
        await().atMost(PATIENCE).until(() -> !objects(prefix).isEmpty());
        return objects(prefix).stream()
                .flatMap(object -> aws.s3()
                        .getObjectAsBytes(get -> get.bucket(BUCKET).key(object.key()))
                        .asUtf8String()
                        .lines())
                .toList();
    }

    private static List<S3Object> objects(String prefix) {
        return aws.s3()
                .listObjectsV2(list -> list.bucket(BUCKET).prefix(prefix))
                .contents();
    }
}
