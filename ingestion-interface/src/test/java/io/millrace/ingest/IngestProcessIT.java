package io.millrace.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The ingestion interface as a process that is told to stop, or killed. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IngestProcessIT {
    private static final Pattern READY = Pattern.compile("ready: (http://\\S+)");

    @RegisterExtension
    static final LocalAwsExtension AWS = LocalAwsExtension.create();

    private static int streams;
    private final String stream = "process-" + streams++;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private record Running(Process process, URI batch) {}

    private Running start(Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName());
        builder.environment()
                .putAll(Map.of(
                        "INGEST_PORT",
                        "0",
                        "AWS_ENDPOINT_URL",
                        AWS.endpoint().toString(),
                        "KINESIS_STREAM_NAME",
                        stream));
        builder.environment().putAll(settings);
        Process process = builder.redirectErrorStream(true).start();
        processes.add(process);
        BufferedReader log = process.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.add(line);
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                Thread drain = new Thread(() -> log.lines().forEach(l -> {}), "ingest-log");
                drain.setDaemon(true);
                drain.start();
                return new Running(process, URI.create(ready.group(1)));
            }
        }
        throw new AssertionError("the process ended: " + said);
    }

    /** Sends events from this number on, one a request, until one is not accepted; answers those that were. */
    private Set<Integer> sendWhileAccepted(Running running, int from, int count) throws InterruptedException {
        Set<Integer> accepted = new TreeSet<>();
        try {
            for (int i = from; i < from + count; i++) {
                HttpRequest request = HttpRequest.newBuilder(running.batch())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"service\":\"s" + i % 3 + "\",\"n\":" + i + "}"))
                        .build();
                if (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() != 202) {
                    break;
                }
                accepted.add(i);
            }
        } catch (IOException e) {
            // It has stopped listening.
        }
        return accepted;
    }

    private List<Integer> inTheStream() {
        String iterator = AWS.kinesis()
                .getShardIterator(r -> r.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        List<Integer> numbers = new ArrayList<>();
        GetRecordsResponse response;
        do {
            String current = iterator;
            response = AWS.kinesis().getRecords(r -> r.shardIterator(current));
            response.records()
                    .forEach(record -> record.data()
                            .asUtf8String()
                            .lines()
                            .forEach(line -> numbers.add(Integer.valueOf(line.replaceAll(".*\"n\":(\\d+)}", "$1")))));
            iterator = response.nextShardIterator();
        } while (response.millisBehindLatest() > 0);
        return numbers;
    }

    @Test
    void sigtermDeliversEverythingThatWasAccepted() throws Exception {
        AWS.createStream(stream, 1);
        // What is accepted waits longer than the test takes, unless the stop sends it.
        Running running = start(Map.of("PRODUCER_LINGER", "1m"));
        Set<Integer> before = sendWhileAccepted(running, 0, 100);
        assertEquals(100, before.size());
        assertEquals(List.of(), inTheStream());

        running.process().destroy();
        Set<Integer> accepted = sendWhileAccepted(running, 100, 100_000);
        accepted.addAll(before);
        assertTrue(running.process().waitFor(60, TimeUnit.SECONDS), "the process did not stop");
        assertEquals(0, running.process().exitValue());

        List<Integer> delivered = inTheStream();
        assertEquals(accepted.size(), delivered.size());
        assertEquals(accepted, new TreeSet<>(delivered));
    }

    @Test
    void whatWasSpilledIsSentByTheProcessAfterTheOneThatWasKilled() throws Exception {
        AWS.createStream(stream, 1);
        long fault = AWS.faults().add(Fault.serverError("kinesis:PutRecords", 503));
        Map<String, String> settings = Map.of(
                "PRODUCER_SPILL_DIR",
                folder.toString(),
                "PRODUCER_BUFFER_BYTES",
                "64KiB",
                "PRODUCER_DELIVERY_TIMEOUT",
                "100ms");
        Running first = start(settings);
        Set<Integer> accepted = sendWhileAccepted(first, 0, 500);
        assertEquals(500, accepted.size());
        awaitSpilled(first, 500);
        first.process().destroyForcibly().waitFor();

        AWS.faults().remove(fault);
        Running second = start(settings);
        accepted.addAll(sendWhileAccepted(second, 500, 100));
        second.process().destroy();
        assertTrue(second.process().waitFor(60, TimeUnit.SECONDS), "the process did not stop");
        assertEquals(accepted, new TreeSet<>(inTheStream()));
        assertEquals(600, accepted.size());
    }

    private void awaitSpilled(Running running, int events) {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(1))
                .until(() -> http.send(
                                HttpRequest.newBuilder(running.batch().resolve("/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body()
                        .contains("millrace_producer_spilled " + events + ".0"));
    }
}
