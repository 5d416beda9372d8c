package io.millrace.localaws;

import io.millrace.service.ExitCode;
import io.millrace.service.LogSetup;
import io.millrace.service.Service;
import io.millrace.service.StopSignal;
import io.millrace.service.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The process's entry point. */
public final class LocalAwsMain {

    /** For requests under way, and for closing DynamoDB. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private LocalAwsMain() {}

    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        if (arguments.contains("--help")) {
            System.out.print(help());
        } else if (arguments.contains("--version")) {
            System.out.println("millrace-local-aws " + Version.of(LocalAwsMain.class));
        } else if (arguments.contains("--check-config")) {
            System.exit(check(Options.of(
                    arguments.stream().filter(a -> !a.equals("--check-config")).toList(), System.getenv())));
        } else {
            System.exit(start(Options.of(arguments, System.getenv())));
        }
    }

    private static int check(Options options) {
        System.out.print(options.listing());
        if (LocalAwsConfig.of(options) instanceof LocalAwsConfig.Result.Invalid invalid) {
            invalid.problems().forEach(System.err::println);
            return ExitCode.WRONG_USAGE;
        }
        return ExitCode.OK;
    }

    private static int start(Options options) {
        LocalAwsConfig.Result result = LocalAwsConfig.of(options);
        if (result instanceof LocalAwsConfig.Result.Valid valid) {
            setUpLog(options.texts());
            return Service.run(STOP_LIMIT, stop -> serve(valid.settings(), stop));
        }
        if (result instanceof LocalAwsConfig.Result.Invalid invalid) {
            invalid.problems().forEach(problem -> System.err.println("local-aws: " + problem));
        }
        return ExitCode.WRONG_USAGE;
    }

    private static void setUpLog(Map<Setting, String> texts) {
        LogSetup.of(
                        Level.valueOf(texts.get(Setting.LOG_LEVEL)),
                        LogSetup.Format.valueOf(texts.get(Setting.LOG_FORMAT).toUpperCase(Locale.ROOT)))
                // A request that was refused is its client's to report.
                .limit("com.amazonaws.services.dynamodbv2", Level.ERROR)
                .limit("org.gaul.s3proxy", Level.WARN)
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
        StringBuilder help = new StringBuilder("""
                Usage: java -jar millrace-local-aws.jar [option]...

                Kinesis, DynamoDB and S3 for local development, in one JVM on one port. Any credentials will do:
                  aws --endpoint-url http://localhost:4566 kinesis list-streams

                """);
        for (Setting setting : Setting.values()) {
            help.append(setting.help());
        }
        return help.append("""
                          --check-config         print the effective configuration; exit 0, or 2 with every problem listed
                          --version              print the version
                          --help                 print this

                        Each option is a variable too (--data-dir is LOCAL_AWS_DATA_DIR), in the environment or in the
                        properties file that CONFIG_FILE names; an option wins over a variable, a variable over the file.

                        Kinesis's streams and DynamoDB's tables, which hold the positions of their readers, live in
                        memory and are gone at exit, --data-dir or not.

                        GET /_localstack/health says what is up, /_millrace/calls how often each operation was called.
                        Faults on demand, for tests (GET, POST adds, PUT replaces, DELETE clears):
                          curl localhost:4566/_millrace/faults -d '{"operation": "kinesis:PutRecords", "rate": 0.2,
                            "effect": "throttle", "times": 5, "seconds": 30}'
                          effect: throttle, error (status 500 or 503), drop-before, drop-after (the operation is carried
                          out, the answer lost), delay (delayMillis), throttle-entries, fail-entries (of PutRecords)
                        """).toString();
    }
}
