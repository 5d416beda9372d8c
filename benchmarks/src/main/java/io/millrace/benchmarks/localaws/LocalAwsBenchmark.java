package io.millrace.benchmarks.localaws;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Puts and gets records of 300 bytes at several numbers of records held: the rates must not fall as the store fills.
 * Server and client are two processes on the same machine, with HTTP between them.
 */
public final class LocalAwsBenchmark {

    private static final String STREAM = "benchmark";
    private static final long PUT_RECORDS = 400_000;
    private static final long GET_RECORDS = 800_000;
    private static final long WARM_UP_RECORDS = 1_000_000;

    private LocalAwsBenchmark() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        long[] levels = Arrays.stream(
                        options.getOrDefault("--held", "10000,1000000,10000000").split(","))
                .mapToLong(Long::parseLong)
                .sorted()
                .toArray();
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "3"));
        int threads = Integer.parseInt(options.getOrDefault("--threads", "4"));
        List<String> jvm = List.of(options.getOrDefault("--jvm", "-Xmx6g").split(" "));
        run(levels, rounds, threads, jvm);
    }

    private static void run(long[] levels, int rounds, int threads, List<String> jvm) throws Exception {
        Path root = Path.of(System.getProperty("millrace.root", "."));
        try (LocalAwsProcess server =
                        LocalAwsProcess.start(root, jvm, List.of("--max-bytes", String.valueOf(5L << 30)));
                KinesisClient kinesis = KinesisClient.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .build();
                Load load = new Load(kinesis, threads)) {
            System.out.printf(
                    "%d processors, load average %.1f before; records of 300 bytes, PutRecords of %d, 4 shards, %d threads%n",
                    Runtime.getRuntime().availableProcessors(), loadAverage(), Load.BATCH, threads);
            warmUp(load);
            System.out.println(
                    "| held at start | put/s median (least-most) | server CPU us/record | client CPU us/record"
                            + " | get/s median (least-most) | server CPU us/record | client CPU us/record |");
            System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
            for (long level : levels) {
                measure(server, load, level, rounds);
            }
            System.out.printf("load average %.1f after%n", loadAverage());
        }
    }

    private static void warmUp(Load load) throws Exception {
        load.createStream(STREAM);
        load.put(STREAM, WARM_UP_RECORDS);
        load.get(STREAM, WARM_UP_RECORDS);
        load.deleteStream(STREAM);
    }

    private static void measure(LocalAwsProcess server, Load load, long level, int rounds) throws Exception {
        List<Measurement> puts = new ArrayList<>();
        List<Measurement> gets = new ArrayList<>();
        load.createStream(STREAM);
        load.put(STREAM, level);
        for (int round = 0; round < rounds; round++) {
            if (level < PUT_RECORDS && round > 0) {
                // What a round adds would be most of what is held.
                load.deleteStream(STREAM);
                load.createStream(STREAM);
                load.put(STREAM, level);
            }
            puts.add(Measurement.of(server, () -> load.put(STREAM, PUT_RECORDS)));
            gets.add(Measurement.of(server, () -> load.get(STREAM, GET_RECORDS)));
        }
        load.deleteStream(STREAM);
        System.out.printf("| %,d %s %s%n", level, cells(puts), cells(gets));
    }

    private static String cells(List<Measurement> measurements) {
        List<Measurement> sorted = measurements.stream()
                .sorted(Comparator.comparingLong(Measurement::perSecond))
                .toList();
        Measurement median = sorted.get(sorted.size() / 2);
        return String.format(
                "| %,d (%,d-%,d) | %.1f | %.1f |",
                median.perSecond(),
                sorted.get(0).perSecond(),
                sorted.get(sorted.size() - 1).perSecond(),
                median.serverMicros(),
                median.clientMicros());
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
