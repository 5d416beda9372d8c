package io.millrace.localaws;

import io.millrace.service.ExitCode;
import io.millrace.service.LogSetup;
import io.millrace.service.Service;
import io.millrace.service.StopSignal;
import io.millrace.service.Version;
import io.millrace.settings.LogLevel;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's entry point. */
public final class LocalAwsMain {

    /** For requests under way, and for closing DynamoDB. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private LocalAwsMain() {}

    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        if (arguments.contains("--help")) {
            System.out.print(help());
        } else if (arguments.contains("--help=markdown")) {
            System.out.print(Reference.markdown(LocalAwsOptions.ALL));
        } else if (arguments.contains("--version")) {
            System.out.println("millrace-local-aws " + Version.of(LocalAwsMain.class));
        } else if (arguments.contains("--check-config")) {
            System.exit(check(reader(
                    arguments.stream().filter(a -> !a.equals("--check-config")).toList())));
        } else {
            System.exit(start(reader(arguments)));
        }
    }

    private static SettingReader reader(List<String> arguments) {
        return new SettingReader(arguments, System.getenv(), LocalAwsOptions.ALL);
    }

    private static int check(SettingReader settings) {
        LocalAwsConfig.read(settings);
        return settings.check(System.out, System.err) ? ExitCode.OK : ExitCode.WRONG_USAGE;
    }

    private static int start(SettingReader reader) {
        LocalAwsConfig config = LocalAwsConfig.read(reader);
        if (!reader.problems().isEmpty()) {
            reader.problems().forEach(problem -> System.err.println("local-aws: " + problem));
            return ExitCode.WRONG_USAGE;
        }
        setUpLog(config);
        return Service.run(STOP_LIMIT, stop -> serve(config.settings(), stop));
    }

    private static void setUpLog(LocalAwsConfig config) {
        LogSetup.of(config.logLevel(), config.logFormat())
                // A request that was refused is its client's to report.
                .limit("com.amazonaws.services.dynamodbv2", LogLevel.ERROR)
                .limit("org.gaul.s3proxy", LogLevel.WARN)
                .apply();
    }

    private static int serve(LocalAwsSettings settings, StopSignal stop) throws InterruptedException {
        Logger log = LoggerFactory.getLogger(LocalAws.class);
        try (LocalAws aws = LocalAws.start(settings)) {
            log.info("Serving Kinesis, DynamoDB and S3 at {}", aws.endpoint());
            aws.tlsEndpoint().ifPresent(endpoint -> log.info("By TLS too, self-signed, at {}", endpoint));
            log.info("S3's objects are in {}", aws.dataDir().resolve("s3"));
            log.info("Ready.");
            stop.await();
        } catch (IOException e) {
            System.err.println("local-aws: " + e.getMessage());
            return ExitCode.FAILED;
        }
        log.info("Stopped.");
        return ExitCode.OK;
    }

    private static String help() {
        return """
                Usage: java -jar millrace-local-aws.jar [option]...

                Kinesis, DynamoDB and S3 for local development, in one JVM on one port. Any credentials will do:
                  aws --endpoint-url http://localhost:4566 kinesis list-streams

                %s  --check-config         print the effective configuration; exit 0, or 2 with every problem listed
                  --version              print the version
                  --help                 print this; --help=markdown: the settings as a table

                An option wins over an environment variable, a variable over the file that CONFIG_FILE names.

                Kinesis's streams and DynamoDB's tables, which hold the positions of their readers, live in
                memory and are gone at exit, --data-dir or not.

                GET /_localstack/health says what is up, /_millrace/calls how often each operation was called.
                Faults on demand, for tests (GET, POST adds, PUT replaces, DELETE clears):
                  curl localhost:4566/_millrace/faults -d '{"operation": "kinesis:PutRecords", "rate": 0.2,
                    "effect": "throttle", "times": 5, "seconds": 30}'
                  effect: throttle, error (status 500 or 503), drop-before, drop-after (the operation is carried
                  out, the answer lost), delay (delayMillis), throttle-entries, fail-entries (of PutRecords)
                """.formatted(Reference.text(LocalAwsOptions.ALL));
    }
}
