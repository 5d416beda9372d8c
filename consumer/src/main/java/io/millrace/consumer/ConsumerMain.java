package io.millrace.consumer;

import io.millrace.aws.Dependency;
import io.millrace.aws.NoRegionException;
import io.millrace.consumer.config.ConsumerConfig;
import io.millrace.consumer.config.ConsumerSettings;
import io.millrace.consumer.kcl.KclNoise;
import io.millrace.consumer.lease.LeaseTable;
import io.millrace.consumer.lease.RollBack;
import io.millrace.consumer.lease.Streams;
import io.millrace.consumer.redrive.Redrive;
import io.millrace.consumer.redrive.RedriveOptions;
import io.millrace.service.ExitCode;
import io.millrace.service.LogSetup;
import io.millrace.service.Service;
import io.millrace.service.StopSignal;
import io.millrace.service.Version;
import io.millrace.settings.LogLevel;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** The consumer's command line. */
public final class ConsumerMain {

    /** Beyond SHUTDOWN_TIMEOUT, for closing connections and threads. */
    private static final long CLOSING_SECONDS = 5;

    /** What of KCL's our own lines tell better, or what is no news. */
    private static final List<String> REPETITIVE = List.of(
            "software.amazon.kinesis.coordinator.DiagnosticEventLogger",
            "software.amazon.kinesis.lifecycle.ShardConsumerSubscriber");

    private static final String USAGE = """
            Consumes Kinesis streams into a partitioned lake of JSONL files in S3, every event exactly once.

              java -jar millrace-consumer.jar                  consume until stopped
              java -jar millrace-consumer.jar redrive --help   put dead letters back on their stream
              java -jar millrace-consumer.jar roll-back --help give the leases back to an earlier version
              java -jar millrace-consumer.jar --check-config   print the effective configuration; exit 0 or 2
              java -jar millrace-consumer.jar --version
              java -jar millrace-consumer.jar --help           this text; --help=markdown: the settings as a table

            Exit codes: 0 stopped, 1 a defect, 2 wrong usage or configuration, 3 the stream was deleted.

            Settings are environment variables, or stand under the same names in CONFIG_FILE:

            """;

    private ConsumerMain() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), System.getenv()));
    }

    static int run(List<String> args, Map<String, String> environment) {
        return switch (args.isEmpty() ? "" : args.get(0)) {
            case "" -> consume(environment);
            case "--help", "-h" -> print(USAGE + Reference.text(ConsumerSettings.ALL));
            case "--help=markdown" -> print(Reference.markdown(ConsumerSettings.ALL));
            case "--version" -> print("millrace-consumer " + version() + "\n");
            case "--check-config" -> checkConfig(environment);
            case "redrive" -> redrive(args.subList(1, args.size()), environment);
            case "roll-back" -> rollBack(args.subList(1, args.size()), environment);
            default -> {
                System.err.println("Unknown argument " + args.get(0) + "; see --help");
                yield ExitCode.WRONG_USAGE;
            }
        };
    }

    private static int consume(Map<String, String> environment) {
        Optional<ConsumerConfig> read = read(environment);
        if (read.isEmpty()) {
            return ExitCode.WRONG_USAGE;
        }
        ConsumerConfig config = read.get();
        setUpLog(config.logLevel(), config);
        Duration stopLimit = config.shutdownTimeout().plusSeconds(CLOSING_SECONDS);
        return Service.run(stopLimit, stop -> consume(config, stop));
    }

    private static int consume(ConsumerConfig config, StopSignal stop) {
        try {
            ConsumerApp consumer = new ConsumerApp(config, version());
            stop.then(consumer::stop);
            return consumer.run().exitCode();
        } catch (IOException e) {
            LoggerFactory.getLogger(ConsumerMain.class)
                    .error(
                            "Cannot listen on STATUS_HOST={} STATUS_PORT={}: {}",
                            config.statusHost(),
                            config.statusPort(),
                            e.getMessage());
            return ExitCode.WRONG_USAGE;
        }
    }

    private static void setUpLog(LogLevel level, ConsumerConfig config) {
        LogSetup setup = LogSetup.of(level, config.logFormat()).filter(new KclNoise());
        REPETITIVE.forEach(setup::mute);
        setup.apply();
    }

    private static int redrive(List<String> args, Map<String, String> environment) {
        if (args.contains("--help")) {
            return print(RedriveOptions.USAGE);
        }
        Optional<ConsumerConfig> config = read(environment);
        if (config.isEmpty()) {
            return ExitCode.WRONG_USAGE;
        }
        setUpLog(LogLevel.WARN, config.get());
        try (AwsClients clients = new AwsClients(config.get(), name -> new Dependency(name, InstantSource.system()))) {
            String bucket = config.get().buckets().values().iterator().next();
            RedriveOptions options = RedriveOptions.parse(args, bucket);
            return new Redrive(options, clients.s3(), clients.kinesis(), System.out).run() ? 0 : 1;
        } catch (SettingsException e) {
            e.problems().forEach(System.err::println);
            return ExitCode.WRONG_USAGE;
        } catch (NoRegionException e) {
            System.err.println(e.getMessage());
            return ExitCode.WRONG_USAGE;
        } catch (SdkException e) {
            System.err.println("AWS does not do it: " + e.getMessage() + "; run it again, it goes on where it was");
            return 1;
        }
    }

    private static int rollBack(List<String> args, Map<String, String> environment) {
        if (args.contains("--help")) {
            return print(RollBack.USAGE);
        }
        Optional<ConsumerConfig> read = read(environment);
        if (read.isEmpty() || !List.of("--execute").containsAll(args)) {
            System.err.print(read.isEmpty() ? "" : RollBack.USAGE);
            return ExitCode.WRONG_USAGE;
        }
        ConsumerConfig config = read.get();
        setUpLog(LogLevel.WARN, config);
        try (AwsClients clients = new AwsClients(config, name -> new Dependency(name, InstantSource.system()))) {
            RollBack rollBack = new RollBack(
                    new LeaseTable(clients.dynamo(), config.applicationName()),
                    new Streams(clients.kinesis()),
                    config.multiStream(),
                    config.failoverTime(),
                    time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()),
                    System.out);
            return rollBack.run(config.buckets().keySet(), args.contains("--execute")) ? 0 : 1;
        } catch (NoRegionException e) {
            System.err.println(e.getMessage());
            return ExitCode.WRONG_USAGE;
        } catch (SdkException e) {
            System.err.println("AWS does not do it: " + e.getMessage() + "; run it again, it goes on where it was");
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int checkConfig(Map<String, String> environment) {
        SettingReader settings = new SettingReader(environment, ConsumerSettings.ALL);
        ConsumerConfig.read(settings);
        return settings.check(System.out, System.err) ? ExitCode.OK : ExitCode.WRONG_USAGE;
    }

    private static Optional<ConsumerConfig> read(Map<String, String> environment) {
        SettingReader settings = new SettingReader(environment, ConsumerSettings.ALL);
        ConsumerConfig config = ConsumerConfig.read(settings);
        settings.problems().forEach(System.err::println);
        return settings.problems().isEmpty() ? Optional.of(config) : Optional.empty();
    }

    private static int print(String text) {
        System.out.print(text);
        return 0;
    }

    static String version() {
        return Version.of(ConsumerMain.class);
    }
}
