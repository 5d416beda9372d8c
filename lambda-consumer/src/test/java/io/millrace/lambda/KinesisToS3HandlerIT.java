package io.millrace.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.sink.ObjectSettings;
import io.millrace.pipeline.sink.S3ObjectSink;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lambda's event JSON in, S3 of local-aws out. */
class KinesisToS3HandlerIT {

    private static final List<String> API_13 = List.of(event("api", 13, 0), event("api", 13, 1), event("api", 13, 4));
    private static final Invocation LONG = new Invocation(Duration.ofSeconds(60));

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private String bucket;
    private KinesisToS3Handler handler;

    @BeforeEach
    void openHandler(TestInfo test) {
        bucket = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        aws.createBucket(bucket);
        handler = handler(6 << 20);
    }

    private KinesisToS3Handler handler(long chunkBytes) {
        LambdaConfig config = new LambdaConfig(
                Optional.empty(), bucket, chunkBytes, Layout.standard(), ObjectSettings.bucketDefaults());
        return new KinesisToS3Handler(
                config, new S3ObjectSink(aws.s3Async(), bucket, config.objects()), InstantSource.system());
    }

    @Test
    void everyEventIsInTheLakeAsItCame() {
        assertEquals(List.of(), Events.failures(handler.handleRequest(Events.all(), LONG)));
        assertEquals(allLines(), lines());
        List<String> dead =
                keys().stream().filter(key -> key.startsWith("_dead-letter/")).toList();
        assertEquals(1, dead.size());
        assertTrue(dead.get(0).startsWith("_dead-letter/reason=not-json/year=2018/month=12/day=17/hour=22/part-"));
        assertTrue(read(dead.get(0)).contains("\"shard\":\"shardId-000000000006\""));
    }

    @Test
    void theSameBatchAgainChangesNothing() {
        handler.handleRequest(Events.all(), LONG);
        List<String> keys = keys();
        assertEquals(List.of(), Events.failures(handler(6 << 20).handleRequest(Events.all(), LONG)));
        assertEquals(keys, keys());
    }

    @Test
    void whatS3RefusesIsAnsweredAsFailedAndWrittenOnceLater() {
        aws.faults().add(Fault.serverError("s3:PutObject", 503));
        KinesisEvent event = Events.all();
        String first = event.getRecords().get(0).getKinesis().getSequenceNumber();
        assertEquals(
                List.of(first),
                Events.failures(handler.handleRequest(event, new Invocation(Duration.ofMillis(2_500)))));
        aws.faults().clear();
        assertEquals(List.of(), Events.failures(handler.handleRequest(event, LONG)));
        assertEquals(allLines(), lines());
    }

    /** The weaker guarantee, as the documentation says it. */
    @Test
    void aBatchThatIsCutAnewIsWrittenTwice() {
        handler.handleRequest(Events.from(0, 1), LONG);
        handler.handleRequest(Events.from(0, 2), LONG);
        assertEquals(
                2,
                lines().get(hour("api", 13)).stream()
                        .filter(event("api", 13, 0)::equals)
                        .count());
    }

    /** As Lambda runs it: nothing but the packaged jar, and the event from JSON. */
    @Test
    void thePackagedJarIsComplete() throws Exception {
        String classPath = String.join(
                File.pathSeparator,
                "target/millrace-lambda-consumer.jar",
                "target/test-classes",
                Path.of(LambdaEventSerializers.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
        Path output = Files.createTempFile("lambda", ".log");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                InvokeMain.class.getName());
        java.environment().put("TARGET_BUCKET", bucket);
        java.environment().put("COMPRESSION", "zstd");
        java.environment().put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        java.environment().put("AWS_REGION", "us-east-1");
        java.environment().put("AWS_ACCESS_KEY_ID", "test");
        java.environment().put("AWS_SECRET_ACCESS_KEY", "test");
        Process process =
                java.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        Files.delete(output);
        assertTrue(printed.contains("failures: []"), printed);
        assertEquals(
                3, keys().stream().filter(key -> key.endsWith(".jsonl.zst")).count(), printed);
    }

    private static Map<String, List<String>> allLines() {
        Map<String, List<String>> all = new TreeMap<>();
        all.put(hour("api", 13), List.of(API_13.get(0), API_13.get(1), API_13.get(2), event("api", 13, 6)));
        all.put(hour("web", 13), List.of(event("web", 13, 3), event("web", 13, 5)));
        all.put(hour("web", 14), List.of(event("web", 14, 2)));
        return all;
    }

    private static String hour(String service, int hour) {
        return "service=" + service + "/year=2025/month=11/day=09/hour=" + hour;
    }

    private static String event(String service, int hour, int number) {
        return "{\"timestamp\":\"2025-11-09T" + hour + ":24:33Z\",\"service\":\"" + service
                + "\",\"level\":\"INFO\",\"message\":\"event " + number + "\",\"n\":1.50}";
    }

    /** Each folder's lines, dead letters left out. */
    private Map<String, List<String>> lines() {
        Map<String, List<String>> lines = new TreeMap<>();
        keys().stream()
                .filter(key -> key.startsWith("service="))
                .forEach(key -> lines.merge(
                        key.substring(0, key.lastIndexOf('/')),
                        read(key).lines().toList(),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        return lines;
    }

    private List<String> keys() {
        return aws.s3().listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Empty where it is not there: local-aws lists the file that an object is first written to. */
    private String read(String key) {
        try {
            return aws.s3().getObjectAsBytes(get -> get.bucket(bucket).key(key)).asString(StandardCharsets.UTF_8);
        } catch (NoSuchKeyException e) {
            return "";
        }
    }
}
