package io.millrace.localaws;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.testing.OneTryClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Bucket;

/** An instance's life. */
class LocalAwsIT {

    @TempDir
    Path folder;

    @Test
    void objectsOutliveTheInstanceAndStreamsAndTablesDoNot() throws Exception {
        LocalAwsSettings settings = LocalAwsSettings.ephemeral()
                .withDataDir(folder.resolve("a folder"))
                .withInit();
        try (LocalAws aws = LocalAws.start(settings);
                OneTryClients clients = new OneTryClients(aws.endpoint())) {
            clients.s3.putObject(r -> r.bucket("md-raw-logs").key("a/1"), RequestBody.fromString("kept"));
        }
        try (LocalAws aws = LocalAws.start(settings);
                OneTryClients clients = new OneTryClients(aws.endpoint())) {
            assertEquals(
                    "kept",
                    clients.s3
                            .getObjectAsBytes(r -> r.bucket("md-raw-logs").key("a/1"))
                            .asUtf8String());
        }
        assertTrue(Files.exists(folder.resolve("a folder/s3/md-raw-logs/a/1")));
    }

    @Test
    void initMakesStreamsAndBuckets() throws Exception {
        try (LocalAws aws = LocalAws.start(LocalAwsSettings.ephemeral().withInit());
                OneTryClients clients = new OneTryClients(aws.endpoint())) {
            assertEquals(
                    List.of("stage01-logs-stream", "stage01-metrics-stream"),
                    clients.kinesis.listStreams().streamNames());
            assertEquals(
                    List.of("md-raw-apm", "md-raw-logs", "md-raw-metrics"),
                    clients.s3.listBuckets().buckets().stream()
                            .map(Bucket::name)
                            .toList());
            var summary = clients.kinesis
                    .describeStreamSummary(r -> r.streamName("stage01-logs-stream"))
                    .streamDescriptionSummary();
            assertEquals(1, summary.openShardCount());
            assertEquals(24, summary.retentionPeriodHours());
        }
    }

    @Test
    void aTemporaryFolderGoesWithTheInstance() throws Exception {
        LocalAws aws = LocalAws.start(LocalAwsSettings.ephemeral().withInit());
        Path data = aws.dataDir();
        assertTrue(Files.exists(data));

        aws.close();
        aws.close();

        assertFalse(Files.exists(data));
    }

    @Test
    void noThreadOutlivesTheInstance() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (LocalAws aws = LocalAws.start(
                        LocalAwsSettings.ephemeral().withTlsPort(0).withInit());
                OneTryClients clients = new OneTryClients(aws.endpoint())) {
            clients.kinesis.listStreams();
            clients.s3.listBuckets();
            clients.dynamoDb.listTables();
        }
        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        left.removeIf(Thread::isDaemon);
        await().atMost(Duration.ofSeconds(30)).until(() -> left.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void aTakenPortIsOneClearLine() throws Exception {
        try (LocalAws aws = LocalAws.start(LocalAwsSettings.ephemeral())) {
            int port = aws.endpoint().getPort();

            IOException taken = assertThrows(
                    IOException.class,
                    () -> LocalAws.start(LocalAwsSettings.ephemeral().withPort(port)));

            assertTrue(taken.getMessage().contains("port " + port), taken.getMessage());
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsOneClearLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        IOException wrong = assertThrows(
                IOException.class,
                () -> LocalAws.start(LocalAwsSettings.ephemeral().withDataDir(file)));

        assertTrue(wrong.getMessage().contains("data folder " + file), wrong.getMessage());
    }

    @Test
    void whatNoServiceCouldReadIsAnErrorDocument() throws Exception {
        try (LocalAws aws = LocalAws.start(LocalAwsSettings.ephemeral())) {
            String unreadable = answer(aws, "GET /%zz HTTP/1.1", "Host: x");
            assertTrue(unreadable.startsWith("HTTP/1.1 400 "), unreadable);
            assertTrue(unreadable.contains("<Code>InvalidRequest</Code>"), unreadable);

            String tooLarge = answer(
                    aws,
                    "POST / HTTP/1.1",
                    "Host: x",
                    "X-Amz-Target: Kinesis_20131202.PutRecords",
                    "Content-Length: 99999999");
            assertTrue(tooLarge.startsWith("HTTP/1.1 413 "), tooLarge);
        }
    }

    private static String answer(LocalAws aws, String... lines) throws IOException {
        String request = String.join("\r\n", lines) + "\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), aws.endpoint().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void servesByTlsAsWell() throws Exception {
        try (LocalAws aws = LocalAws.start(
                        LocalAwsSettings.ephemeral().withTlsPort(0).withInit());
                OneTryClients clients = new OneTryClients(aws.tlsEndpoint().orElseThrow())) {
            assertEquals(2, clients.kinesis.listStreams().streamNames().size());
            clients.s3.putObject(r -> r.bucket("md-raw-apm").key("k"), RequestBody.fromString("x"));
        }
    }

    @Test
    void instancesRunSideBySide() throws Exception {
        try (LocalAws one = LocalAws.start(LocalAwsSettings.ephemeral().withInit());
                LocalAws two = LocalAws.start(LocalAwsSettings.ephemeral());
                OneTryClients ofOne = new OneTryClients(one.endpoint());
                OneTryClients ofTwo = new OneTryClients(two.endpoint())) {
            assertEquals(2, ofOne.kinesis.listStreams().streamNames().size());
            assertEquals(0, ofTwo.kinesis.listStreams().streamNames().size());
            assertEquals(0, ofTwo.s3.listBuckets().buckets().size());
        }
    }
}
