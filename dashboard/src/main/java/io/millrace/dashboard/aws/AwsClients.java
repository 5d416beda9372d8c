package io.millrace.dashboard.aws;

import io.millrace.aws.AwsAccess;
import io.millrace.aws.AwsService;
import io.millrace.dashboard.config.DashboardConfig;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The three clients that the dashboard reads with. Deadlines are short and retries few, because a person waits. Thread-safe.
 */
public record AwsClients(KinesisClient kinesis, S3Client s3, DynamoDbClient dynamo, SdkHttpClient http)
        implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 2;

    /** Makes the clients; nothing is called yet. */
    public static AwsClients create(DashboardConfig config) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT)
                .build();
        AwsAccess access =
                AwsAccess.of(config.awsEndpoint(), Optional.of(config.region().id()));
        return new AwsClients(
                inTime(access.configure(KinesisClient.builder(), AwsService.KINESIS))
                        .httpClient(http)
                        .build(),
                inTime(access.configureS3(S3Client.builder())).httpClient(http).build(),
                inTime(access.configure(DynamoDbClient.builder(), AwsService.DYNAMODB))
                        .httpClient(http)
                        .build(),
                http);
    }

    private static <B extends AwsClientBuilder<B, ?>> B inTime(B builder) {
        return builder.overrideConfiguration(ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .apiCallTimeout(CALL_TIMEOUT)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build());
    }

    @Override
    public void close() {
        dynamo.close();
        s3.close();
        kinesis.close();
        http.close();
    }
}
