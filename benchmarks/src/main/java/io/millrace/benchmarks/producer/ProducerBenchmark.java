package io.millrace.benchmarks.producer;

import io.millrace.benchmarks.localaws.LocalAwsProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Sends the same events by each contender to one local-aws, each contender in a process of its own that stays warm, their
 * runs interleaved: whatever else the machine does, meets all of them.
 */
public final class ProducerBenchmark {

    private static final int SHARDS = 4;
    /** The parallel and G1 collectors need more room to keep out of the way on two processors. */
    private static final String JVM = "-Xmx128m -XX:+UseSerialGC";

    private final Map<String, String> options;
    private final List<Contender> contenders;
    private final Results results = new Results();

    private ProducerBenchmark(Map<String, String> options) {
        this.options = options;
        this.contenders = options.containsKey("--contenders")
                ? Arrays.stream(options.get("--contenders").split(","))
                        .map(Contender::named)
                        .toList()
                : List.of(Contender.values());
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        new ProducerBenchmark(options).run();
    }

    private int number(String option, int otherwise) {
        return Integer.parseInt(options.getOrDefault(option, String.valueOf(otherwise)));
    }

    private void run() throws Exception {
        double loadBefore = loadAverage();
        int tlsPort = freePort();
        Path root = Path.of(System.getProperty("millrace.root", "."));
        try (LocalAwsProcess server = LocalAwsProcess.start(
                root,
                List.of(options.getOrDefault("--server-jvm", "-Xmx2g").split(" ")),
                List.of("--tls-port", String.valueOf(tlsPort), "--max-bytes", String.valueOf(768L << 20)))) {
            List<ContenderProcess> processes = new ArrayList<>();
            try {
                for (Contender contender : contenders) {
                    Target target = new Target(server.endpoint(), tlsPort, contender.title);
                    createStream(target);
                    processes.add(ContenderProcess.start(
                            contender,
                            target,
                            List.of(options.getOrDefault("--jvm", JVM).split(" "))));
                }
                measure(processes, server);
            } finally {
                processes.forEach(ContenderProcess::close);
            }
        }
        report(root, loadBefore);
    }

    private void measure(List<ContenderProcess> processes, LocalAwsProcess server) throws IOException {
        int events = number("--events", 500_000);
        int rounds = number("--rounds", 5);
        int warmUp = number("--warm-up", 500_000);
        int perSecond = number("--rate", 5000);
        int paced = perSecond * number("--paced-seconds", 5);
        for (int round = 0; round <= rounds; round++) {
            for (ContenderProcess process : processes) {
                RawRun run = process.run(round, round == 0 ? warmUp : events, server.cpu(), server::cpu);
                System.err.printf("%s %d: %,.0f events/s%n", run.contender(), run.round(), run.eventsPerSecond());
                if (round > 0) {
                    results.fast(run);
                }
            }
        }
        for (int round = 0; round <= rounds && paced > 0; round++) {
            for (ContenderProcess process : processes) {
                RawRun run = process.pace(round, round == 0 ? perSecond : paced, perSecond, server.cpu(), server::cpu);
                if (round > 0) {
                    results.paced(run);
                }
            }
        }
    }

    private void report(Path root, double loadBefore) throws IOException {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("benchmark", "producer");
        environment.put("time", Instant.now().toString());
        environment.put("processors", Runtime.getRuntime().availableProcessors());
        environment.put("cpu", cpuModel());
        environment.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        environment.put("contenderJvmOptions", options.getOrDefault("--jvm", JVM));
        environment.put("awsSdk", VersionInfo.SDK_VERSION);
        environment.put("kpl", "1.1.1");
        environment.put("eventBytes", SampleEvents.BYTES);
        environment.put("shards", SHARDS);
        environment.put("options", options);
        environment.put("loadAverageBefore", loadBefore);
        environment.put("loadAverageAfter", loadAverage());
        Path json = Path.of(options.getOrDefault(
                "--json",
                root.resolve("benchmarks/target/results/producer.json").toString()));
        results.json(json, environment);
        System.out.printf(
                "%d processors, load average %.1f before, %.1f after; events of %d bytes; all runs in %s%n%n",
                Runtime.getRuntime().availableProcessors(), loadBefore, loadAverage(), SampleEvents.BYTES, json);
        results.table(contenders, System.out);
        System.out.println();
        results.ratios(contenders, System.out);
    }

    private static void createStream(Target target) {
        try (KinesisClient kinesis = KinesisClient.builder()
                .endpointOverride(target.endpoint())
                .region(Region.of(Target.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            kinesis.createStream(r -> r.streamName(target.stream()).shardCount(SHARDS));
            kinesis.waiter().waitUntilStreamExists(r -> r.streamName(target.stream()));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String cpuModel() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        return Files.exists(info)
                ? Files.readAllLines(info).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
