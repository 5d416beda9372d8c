package io.millrace.localaws;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's entry point. */
public final class LocalAwsMain {

    private static final int EXIT_CANNOT_START = 1;
    private static final int EXIT_WRONG_CONFIG = 2;

    private static final String LOGBACK = "io/millrace/localaws/logback.xml";

    private LocalAwsMain() {}

    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        if (arguments.contains("--help")) {
            System.out.print(help());
        } else if (arguments.contains("--version")) {
            System.out.println("millrace-local-aws " + Version.get());
        } else if (arguments.contains("--check-config")) {
            System.exit(check(Options.of(
                    arguments.stream().filter(a -> !a.equals("--check-config")).toList(), System.getenv())));
        } else {
            start(Options.of(arguments, System.getenv()));
        }
    }

    private static int check(Options options) {
        System.out.print(options.listing());
        if (LocalAwsConfig.of(options) instanceof LocalAwsConfig.Result.Invalid invalid) {
            invalid.problems().forEach(System.err::println);
            return EXIT_WRONG_CONFIG;
        }
        return 0;
    }

    private static void start(Options options) {
        LocalAwsConfig.Result result = LocalAwsConfig.of(options);
        if (result instanceof LocalAwsConfig.Result.Invalid invalid) {
            invalid.problems().forEach(problem -> System.err.println("local-aws: " + problem));
            System.exit(EXIT_WRONG_CONFIG);
        } else if (result instanceof LocalAwsConfig.Result.Valid valid) {
            System.setProperty("logback.configurationFile", LOGBACK);
            System.setProperty("LOG_LEVEL", options.texts().get(Setting.LOG_LEVEL));
            System.setProperty("LOG_FORMAT", options.texts().get(Setting.LOG_FORMAT));
            serve(valid.settings());
        }
    }

    private static void serve(LocalAwsSettings settings) {
        Logger log = LoggerFactory.getLogger(LocalAws.class);
        CountDownLatch stopped = new CountDownLatch(1);
        try (LocalAws aws = LocalAws.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(aws, stopped), "local-aws-stop"));
            log.info("Serving Kinesis, DynamoDB and S3 at {}", aws.endpoint());
            aws.tlsEndpoint().ifPresent(endpoint -> log.info("By TLS too, self-signed, at {}", endpoint));
            log.info("S3's objects are in {}", aws.dataDir().resolve("s3"));
            log.info("Ready.");
            stopped.await();
        } catch (IOException e) {
            System.err.println("local-aws: " + e.getMessage());
            System.exit(EXIT_CANNOT_START);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(LocalAws aws, CountDownLatch stopped) {
        aws.close();
        LoggerFactory.getLogger(LocalAws.class).info("Stopped.");
        stopped.countDown();
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
