package io.millrace.lakecheck;

import io.millrace.aws.AwsAccess;
import io.millrace.aws.AwsService;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerException;
import io.millrace.producer.StreamProducer;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The command line: exit 0 where every event arrived exactly once, 1 where not, 2 where it could not be tried. */
public final class LakeCheckMain {

    private LakeCheckMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.print(CheckOptions.USAGE);
            return;
        }
        if (given.contains("--help=markdown")) {
            System.out.print(Reference.markdown(CheckOptions.ALL));
            return;
        }
        if (given.contains("--version")) {
            System.out.println(LakeCheckMain.class.getPackage().getImplementationVersion());
            return;
        }
        if (given.contains("--check-config")) {
            System.exit(checkConfig(
                    given.stream().filter(a -> !a.equals("--check-config")).toList()));
        }
        System.exit(run(given));
    }

    private static int checkConfig(List<String> arguments) {
        SettingReader settings = new SettingReader(arguments, System.getenv(), CheckOptions.ALL);
        CheckOptions.read(settings);
        return settings.check(System.out, System.err) ? 0 : 2;
    }

    private static int run(List<String> arguments) throws InterruptedException {
        try {
            CheckOptions options = CheckOptions.parse(arguments, System.getenv());
            List<ExpectedEvent> events =
                    EventFile.read(options.file(), new EventPlaces(options.serviceField(), options.timestampField()));
            return check(options, events) ? 0 : 1;
        } catch (SettingsException e) {
            e.problems().forEach(LakeCheckMain::refuse);
            return 2;
        } catch (NoSuchFileException e) {
            return refuse("no file " + e.getMessage());
        } catch (UsageException | ProducerException | IOException e) {
            return refuse(e.getMessage());
        } catch (SdkException e) {
            return refuse("AWS did not do as asked: " + e.getMessage());
        }
    }

    private static int refuse(String why) {
        System.err.println("millrace-lake-check: " + why);
        return 2;
    }

    private static boolean check(CheckOptions options, List<ExpectedEvent> events) throws InterruptedException {
        options.profile().ifPresent(name -> System.setProperty("aws.profile", name));
        AwsAccess access = AwsAccess.of(options.endpoint(), Optional.of(options.region()));
        try (S3Client s3 = access.configureS3(S3Client.builder())
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                DynamoDbClient dynamoDb = access.configure(DynamoDbClient.builder(), AwsService.DYNAMODB)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                StreamProducer producer = StreamProducer.start(producerConfig(options))) {
            return new LakeCheck(
                            new Lake(s3, options.bucket()),
                            new Leases(dynamoDb, options.application(), options.stream()),
                            new Sender(producer),
                            Clock.systemUTC(),
                            System.out)
                    .run(events, options.timeout());
        }
    }

    private static ProducerConfig producerConfig(CheckOptions options) {
        var config = ProducerConfig.builder().stream(options.stream()).region(options.region());
        options.endpoint().ifPresent(config::endpoint);
        return config.build();
    }
}
