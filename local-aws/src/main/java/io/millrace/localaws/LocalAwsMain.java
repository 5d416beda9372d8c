package io.millrace.localaws;

import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
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
        } else if (arguments.contains("--help=markdown")) {
            System.out.print(Reference.markdown(LocalAwsOptions.ALL));
        } else if (arguments.contains("--version")) {
            System.out.println("millrace-local-aws " + Version.get());
        } else if (arguments.contains("--check-config")) {
            System.exit(check(reader(
                    arguments.stream().filter(a -> !a.equals("--check-config")).toList())));
        } else {
            start(reader(arguments));
        }
    }

    private static SettingReader reader(List<String> arguments) {
        return new SettingReader(arguments, System.getenv(), LocalAwsOptions.ALL);
    }

    private static int check(SettingReader settings) {
        LocalAwsConfig.read(settings);
        return settings.check(System.out, System.err) ? 0 : EXIT_WRONG_CONFIG;
    }

    private static void start(SettingReader reader) {
        LocalAwsConfig config = LocalAwsConfig.read(reader);
        if (!reader.problems().isEmpty()) {
            reader.problems().forEach(problem -> System.err.println("local-aws: " + problem));
            System.exit(EXIT_WRONG_CONFIG);
        }
        System.setProperty("logback.configurationFile", LOGBACK);
        System.setProperty("LOG_LEVEL", config.logLevel().name());
        System.setProperty("LOG_FORMAT", config.logFormat().name().toLowerCase(Locale.ROOT));
        serve(config.settings());
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
